package io.dynamocart.store.node;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.AdmissionController;
import io.dynamocart.store.coordination.RetryBudget;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.handoff.HintCount;
import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.reaping.Watch;
import io.dynamocart.store.replica.CommitListener;
import io.dynamocart.store.replica.Comparisons;
import io.dynamocart.store.replica.Listings;
import io.dynamocart.store.replica.Replica;
import io.dynamocart.store.replica.Trees;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.InvalidContextException;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A Dynamo node: told what happens (a client asks, a message or a disk's reply comes, time passes), it answers and
 * sends. Everything is called on one thread, the caller brings the time, and {@link #wakeAt} tells when it wants to be
 * called again. Not thread-safe, by contract.
 */
public final class DynamoNode implements Transport.Listener {

    private final NodeSettings settings;
    private final NodeId self;
    private final NodeEvent.Listener listener;
    private final Timers timers = new Timers();
    private final FailureDetector detector;
    private final Calls calls;
    private final Peers peers;
    private final Hints hints;
    private final Admission admission;
    private final HintedHandoff handoff;
    private final Probing probing;
    private final DiskWatch disk;
    private final PeerRequests requests;
    private final GetCoordinator gets;
    private final PutRouter router;
    private final UnderWay underWay = new UnderWay();
    private final Membership membership;
    private final Standing standing;
    private final Leftovers leftovers;
    private final Transfers transfers;
    private final Storage storage;
    private final Kept found;
    private final Member member;
    private final Timers.Timer firstWrite;
    private final Trees trees;
    private final Scrubbing scrubbing;
    private final AntiEntropy antiEntropy;
    private final ReapServer reapServer;
    private final Reaper reaper;

    /**
     * Creates a node. It does nothing before {@link #start}.
     *
     * @param found what this node kept from before of itself and its cluster
     */
    public DynamoNode(
            NodeSettings settings,
            Kept found,
            Transport transport,
            Storage storage,
            RandomSource random,
            NodeEvent.Listener observer) {
        this.settings = settings;
        this.self = settings.self().id();
        this.found = found;
        this.member = settings.self().incarnated(found.incarnation().orElseGet(() -> drawn(found, random)));
        this.firstWrite = timers.timer(this::introduce);
        this.storage = storage;
        AdmissionController controller =
                new AdmissionController(settings.repair().foregroundLimit());
        this.admission = new Admission(controller, timers, observer);
        this.listener = admission;
        this.detector = new FailureDetector(settings.detector());
        long firstNumber = random.fork("requests").nextLong() >>> 2;
        this.calls = new Calls(transport, detector, timers, listener, firstNumber);
        long start = random.nextLong();
        RandomSource births = random.fork("births");
        this.hints =
                new Hints(storage, records -> replica(start, births, records, CommitListener.none()), settings.hints());
        this.trees = new Trees(storage, this::onDamage);
        Replica replica = replica(start, births, storage, trees);
        LocalCopies copies = new LocalCopies(replica, trees, hints, listener);
        Comparisons comparisons = new Comparisons(replica, storage, trees);
        this.membership = new Membership(
                settings,
                member,
                found.history(),
                underWay,
                transport,
                storage,
                timers,
                random.fork("gossip"),
                listener,
                this::onMembershipChanged);
        this.standing = membership.standing();
        ReapSettings reaping = settings.repair().reaping();
        Watch watch = new Watch(reaping.grace());
        this.peers = new Peers(self, copies, calls, detector, standing::isHome, watch::end);
        Delivery delivery = new Delivery(standing::ring, peers, settings.write().w() > 1);
        this.handoff = new HintedHandoff(hints, peers, delivery, controller, timers, listener);
        this.leftovers = new Leftovers(standing, storage, replica, delivery, controller, timers, listener);
        Source source = new Source(peers, calls, replica, controller, standing::othersOf);
        this.transfers = new Transfers(
                member.incarnation(), membership, source, transport, () -> !leftovers.isRemoving(), timers, listener);
        this.probing = new Probing(detector, calls, timers, settings.detector().retryAfter());
        this.disk = new DiskWatch(storage::state, timers, listener);
        RetryBudget retries = RetryBudget.ofRetries();
        this.gets = new GetCoordinator(settings, peers, retries, timers, listener);
        PutCoordinator puts = new PutCoordinator(self, copies, peers, timers, listener);
        this.router = new PutRouter(puts, peers, calls, retries, timers, listener);
        this.reapServer = new ReapServer(standing::isHome, copies, watch, timers, listener);
        this.requests = new PeerRequests(
                membership,
                transport,
                new ReplicaServer(standing, copies, comparisons, new Listings(storage)),
                puts,
                reapServer,
                underWay,
                controller,
                timers);
        this.reaper = new Reaper(self, reaping, standing::ring, membership::holders, peers, calls, reapServer, timers);
        Expirer expirer = new Expirer(settings, standing::ring, peers, puts, underWay, timers, listener);
        this.scrubbing = new Scrubbing(
                settings.repair(),
                standing::ring,
                trees,
                replica,
                List.of(expirer, reaper),
                new Mending(settings.read().r(), standing, peers, replica, timers)::onDamaged,
                controller,
                timers,
                listener);
        this.antiEntropy = new AntiEntropy(
                settings.repair(),
                standing::ring,
                new ExchangeSides(self, peers, calls, comparisons),
                controller,
                timers,
                random.fork("anti-entropy"),
                listener);
    }

    /** Begins to look for the others. */
    public void start(Moment now) {
        hints.open(now, this::introduce);
        admission.start(now);
        handoff.start(now);
        probing.start(now);
        disk.start(now);
        scrubbing.start(now);
        antiEntropy.start(now);
        reapServer.start(now);
        reaper.start(now);
    }

    /** Takes part, once the number of its incarnation is on disk: no two nodes must ever be known by the same. */
    private void introduce(Moment now) {
        if (found.incarnation().isPresent()) {
            membership.start(now);
            return;
        }
        storage.writeNote(Kept.INCARNATION_NOTE, Kept.incarnationNote(member.number()), (then, outcome) -> {
            if (outcome instanceof Storage.WriteOutcome.Committed) {
                membership.start(then);
            } else {
                firstWrite.set(then.nanos() + settings.gossipEvery().toNanos());
            }
        });
    }

    /** A random number; 0 where a node took part before there were incarnations. */
    private static long drawn(Kept found, RandomSource random) {
        return found.history().founding().isPresent()
                ? 0
                : random.fork("incarnation").nextLong();
    }

    /** Reads for a client of this node. */
    public void get(Moment now, Key key, ReadOptions options, CompletableFuture<GetResult> answer) {
        Ring ring = ringOr(answer);
        if (ring != null) {
            endsWith(answer);
            gets.get(now, key, ring.preferenceList(key), options, answer);
        }
    }

    /**
     * Writes for a client of this node.
     *
     * @param value null to delete
     */
    public void put(
            Moment now,
            Key key,
            Context context,
            @Nullable Value value,
            WriteOptions options,
            CompletableFuture<PutResult> answer) {
        Ring ring = ringOr(answer);
        if (ring == null) {
            return;
        }
        if (!context.key().equals(key)) {
            answer.completeExceptionally(new InvalidContextException("the context belongs to another key"));
            return;
        }
        endsWith(answer);
        router.put(now, self, new Put(key, context, value, options), ring.preferenceList(key), answer);
    }

    /** Asks every home replica for its copy. */
    public void replicas(Moment now, Key key, CompletableFuture<List<ReplicaCopy>> answer) {
        Ring ring = ringOr(answer);
        if (ring != null) {
            long deadline = now.nanos() + settings.read().timeout().toNanos();
            new Inspection(ring.preferenceList(key).home(), timers, answer).start(now, key, peers, deadline);
        }
    }

    @Override
    public void onLinkUp(Moment now, NodeId peer) {
        detector.onLinkUp(peer);
        listener.on(new NodeEvent.LinkChanged(peer, true));
        membership.onLinkUp(now, peer);
        handoff.bring(now, peer);
    }

    @Override
    public void onLinkDown(Moment now, NodeId peer) {
        detector.onLinkDown(peer);
        listener.on(new NodeEvent.LinkChanged(peer, false));
        membership.onLinkDown(peer);
        calls.onLinkDown(now, peer);
    }

    @Override
    public void onMessage(Moment now, NodeId from, Message message) {
        switch (message) {
            case Message.Response response -> calls.onResponse(now, from, response);
            case Message.Gossip gossip -> membership.onGossip(now, from, gossip);
            case Message.Release release -> membership.onRelease(from, release);
            case Message.Request request -> requests.answer(now, from, request);
        }
    }

    /** Time has passed: does what is due. */
    public void onTick(Moment now) {
        timers.run(now);
    }

    /** When {@link #onTick} is due, on the clock of {@link Moment#nanos}. */
    public long wakeAt() {
        return timers.next();
    }

    /** Whether it belongs to a ring and can be expected to answer requests. */
    public boolean isReady() {
        return membership.isReady();
    }

    /** Who belongs to the cluster, as far as this node knows. */
    public MembershipHistory history() {
        return membership.history();
    }

    /**
     * What would follow from an operator's wishes; without any effect yet.
     *
     * @throws io.dynamocart.store.membership.PlanRefusedException if they cannot be fulfilled, or not now
     */
    public Plan plan(List<Wish> wishes) {
        return membership.proposals().plan(wishes);
    }

    /**
     * Proposes a plan that was shown. It is carried out once every member has stored it.
     *
     * @throws io.dynamocart.store.membership.PlanRefusedException if something has changed since it was made
     */
    public void commit(Plan plan) {
        membership.proposals().commit(plan);
    }

    /**
     * A member is gone for good: nobody waits for it any more, and the next plan, which follows by itself, hands out what
     * it owned. Takes effect at once, beside a plan that is open.
     *
     * @throws io.dynamocart.store.membership.PlanRefusedException if there is no such member
     */
    public void forceRemove(NodeId node) {
        membership.proposals().forceRemove(node);
    }

    /** How many keys it keeps for each other node. */
    public Map<NodeId, Integer> hints() {
        return hints.counts();
    }

    /** How many, and for how long. */
    public Map<NodeId, HintCount> hintReport() {
        return hints.report();
    }

    /** The partitions that are on their way to this node, if any are. */
    public Optional<TransferReport> transfer() {
        return transfers.report();
    }

    /** The last comparisons that this node led since its start, one for each partition and other home replica of it. */
    public List<ComparisonReport> comparisons() {
        return antiEntropy.reports();
    }

    /** This node, in its present incarnation. */
    public Member self() {
        return member;
    }

    /** Whether a peer is linked, and can be expected to answer. */
    public boolean isTrusted(NodeId peer) {
        return detector.isTrusted(peer);
    }

    /** Whether there is a link to a peer. */
    public boolean isLinked(NodeId peer) {
        return detector.isLinked(peer);
    }

    /** Its disk as it was within the last second. */
    public DiskState disk() {
        return disk.state();
    }

    /** What sums up all that it has on disk of a partition; none while its tree is not complete. */
    public Optional<Digest> root(Partition partition) {
        Ring ring = standing.ring();
        return ring == null
                ? Optional.empty()
                : trees.tree(ring.rangeOf(partition)).map(MerkleTree::root);
    }

    /** What it is waiting for, or what is wrong, in words; empty once it is ready. */
    public String obstacle() {
        return membership.obstacle();
    }

    private void onMembershipChanged(Moment now) {
        leftovers.onChange(now);
        transfers.proceed(now);
    }

    private void endsWith(CompletableFuture<?> answer) {
        UnderWay.Era era = underWay.begin();
        CompletableFuture<?> _ = answer.whenComplete((_, _) -> era.end());
    }

    private Replica replica(long start, RandomSource births, Records records, CommitListener commits) {
        return new Replica(self, start, records, births::nextLong, settings.limits(), this::onDamage, commits);
    }

    private void onDamage(Key key, String detail) {
        listener.on(new NodeEvent.RecordDamaged(key, detail));
    }

    private @Nullable Ring ringOr(CompletableFuture<?> answer) {
        Ring ring = standing.ring();
        if (ring == null || !standing.isOnRing()) {
            answer.completeExceptionally(new StoreException.NotReady(membership.obstacle()));
            return null;
        }
        return ring;
    }
}
