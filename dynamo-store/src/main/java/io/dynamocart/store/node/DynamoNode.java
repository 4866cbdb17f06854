package io.dynamocart.store.node;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A Dynamo node: told what happens (a client asks, a message or a disk's reply comes, time passes), it answers and
 * sends. Everything is called on one thread, the caller brings the time, and {@link #wakeAt} tells when it wants to be
 * called again. Not thread-safe, by contract.
 *
 * <p>Here it is decided who sees to what happens: {@link ClientRequests} and {@link PeerRequests} to what is asked of
 * this node, {@link Calls} to what it has asked others, {@link Membership} to what it hears of the ring. What it does
 * of itself are {@link Handoffs} of what belongs elsewhere and the {@link Upkeep} of what is its own.
 */
public final class DynamoNode implements Transport.Listener {

    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final LatencyObserver latencyObserver;
    private final FailureDetector detector;
    private final Calls calls;
    private final HintRecovery hintRecovery;
    private final Membership membership;
    private final ClientRequests clients;
    private final PeerRequests peers;
    private final Handoffs handoffs;
    private final Upkeep upkeep;
    private final Probing probing;
    private final DiskWatch disk;
    private final NodeReports reports;

    /**
     * Creates a node. It does nothing before {@link #start}.
     *
     * @param saved what this node has on disk, from before, of itself and its cluster
     */
    public DynamoNode(
            NodeSettings settings,
            SavedState saved,
            Transport transport,
            Storage storage,
            RandomSource random,
            NodeEvent.Listener observer) {
        NodeCore node = new NodeCore(settings, saved, transport, storage, random, observer, this::onMembershipChanged);
        this.timers = node.timers;
        this.listener = node.listener;
        this.latencyObserver = node.latencyObserver;
        this.detector = node.detector;
        this.calls = node.calls;
        this.membership = node.membership;
        IncarnationRecorder incarnationRecorder = new IncarnationRecorder(node, saved, membership::start);
        this.hintRecovery =
                new HintRecovery(node.copies.hints(), membership.readiness(), timers, incarnationRecorder::start);
        PutCoordinator puts =
                new PutCoordinator(node.self, settings.limits().buffers(), node.copies, node.peers, timers, listener);
        this.upkeep = new Upkeep(node, puts);
        this.handoffs = new Handoffs(node);
        this.clients = new ClientRequests(node, puts);
        this.peers = new PeerRequests(node, puts, upkeep.reapServer());
        this.probing = new Probing(detector, calls, timers, settings.detector().retryAfter());
        this.disk = new DiskWatch(node.storage::state, timers, listener);
        this.reports = new NodeReports(node, handoffs, upkeep, disk);
    }

    /** Begins to look for the others. */
    public void start(Moment now) {
        hintRecovery.start(now);
        latencyObserver.start(now);
        handoffs.start(now);
        probing.start(now);
        disk.start(now);
        upkeep.start(now);
    }

    /** Reads for a client of this node. */
    public void get(Moment now, Key key, ReadOptions options, CompletableFuture<GetResult> answer) {
        clients.get(now, key, options, answer);
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
        clients.put(now, new Put(key, context, value, options), answer);
    }

    /** Asks every home replica for its copy. */
    public void replicas(Moment now, Key key, CompletableFuture<List<ReplicaCopy>> answer) {
        clients.replicas(now, key, answer);
    }

    @Override
    public void onLinkUp(Moment now, NodeId peer) {
        detector.onLinkUp(peer);
        listener.on(new NodeEvent.LinkChanged(peer, true));
        membership.onLinkUp(peer);
        handoffs.onLinkUp(now, peer);
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
            case Message.Request request -> peers.answer(now, from, request);
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

    /** Whether this node belongs to a ring and can be expected to answer requests. */
    public boolean isReady() {
        return membership.readiness().isReady();
    }

    /** What this node is waiting for, or what is wrong, in words; empty once it is ready. */
    public String obstacle() {
        return membership.readiness().obstacle();
    }

    /** The membership of the cluster, as far as this node knows. */
    public MembershipHistory history() {
        return membership.history();
    }

    /**
     * The plan that follows from an operator's wishes; without any effect yet.
     *
     * @throws io.dynamocart.store.membership.PlanRefusedException if they cannot be fulfilled, or not now
     */
    public Plan plan(List<RequestedChange> requested) {
        return membership.proposals().plan(requested);
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
     * A member is gone for good: nobody waits for it any more, and the next plan, which follows by itself, hands out
     * what it owned. Takes effect at once, beside a plan that is open.
     *
     * @throws io.dynamocart.store.membership.PlanRefusedException if there is no such member
     */
    public void forceRemove(NodeId node) {
        membership.proposals().forceRemove(node);
    }

    /**
     * Runs something once what {@link #commit} and {@link #forceRemove} have said is on this node's disk, so that
     * {@link #history} shows it. On the node's thread; never, if the disk takes no writes.
     */
    public void whenDurable(Runnable then) {
        membership.whenDurable(then);
    }

    /** Reports on this node for operators, beside the membership. */
    public NodeReports reports() {
        return reports;
    }

    private void onMembershipChanged(Moment now) {
        handoffs.onMembershipChanged(now);
    }
}
