package io.dynamocart.store.node;

import io.dynamocart.store.gossip.Birth;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of its cluster, and how it learns more: it introduces itself to whoever it is linked to, and
 * once a round tells a random peer all it knows (paper §4.8.1); what it has to say itself it tells everybody at once.
 * What it knows it keeps on disk before it acts on it. Not thread-safe.
 */
final class Membership {

    /** How long a node that was just started waits for links to the others before it calls itself ready without. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final Member self;
    private final Transport transport;
    private final RandomSource random;
    private final NodeEvent.Listener listener;
    private final Consumer<Moment> onChange;
    private final Chronicle chronicle;
    private final Standing standing;
    private final Birth birth;
    private final Proposals proposals;
    private final Timers.Timer round;
    private final Timers.Timer settling;
    private final TreeSet<NodeId> linked = new TreeSet<>();
    private final TreeSet<NodeId> strangers = new TreeSet<>();
    private List<Member> told = List.of();
    private @Nullable String misconfigured;
    private boolean settled;
    private boolean hasSeenItsName;

    /**
     * Knows what was on disk.
     *
     * @param self this node in its present incarnation, whose number is on disk before {@link #start}
     * @param onChange told whenever the ring or the progress of a plan may have changed
     */
    Membership(
            NodeSettings settings,
            Member self,
            MembershipHistory known,
            UnderWay underWay,
            Transport transport,
            Storage storage,
            Timers timers,
            RandomSource random,
            NodeEvent.Listener listener,
            Consumer<Moment> onChange) {
        this.onChange = onChange;
        this.settings = settings;
        this.self = self;
        this.transport = transport;
        this.random = random;
        this.listener = listener;
        this.chronicle = new Chronicle(storage, known, this::onKept);
        this.proposals = new Proposals(self.incarnation(), chronicle, listener);
        this.standing = new Standing(chronicle, underWay, self.incarnation());
        this.hasSeenItsName = known.settledMember(self.id()).isPresent();
        this.birth = new Birth(self, settings.seeds(), settings.partitioning(), settings.homes());
        this.round = timers.timer(this::onRound);
        this.settling = timers.timer(_ -> settled = true);
    }

    void start(Moment now) {
        settings.seeds().forEach(this::link);
        round.set(now.nanos());
        settling.set(now.nanos() + SETTLING.toNanos());
        if (history().founding().isPresent()) {
            adopt(now);
        } else {
            foundIfComplete();
        }
    }

    void onLinkUp(Moment now, NodeId peer) {
        linked.add(peer);
        tell(peer);
    }

    void onLinkDown(NodeId peer) {
        linked.remove(peer);
    }

    void onGossip(Moment now, NodeId from, Message.Gossip gossip) {
        link(gossip.self().address());
        proposals.onMet(gossip.self(), gossip.joins());
        if (isFoundedApart(gossip.history()) && !mayBecomeOne(from, gossip.history())) {
            return;
        }
        chronicle.learn(gossip.history());
        if (chronicle.isKept() && history().founding().isEmpty()) {
            birth.onMet(gossip.self());
            foundIfComplete();
        }
        // Not the other way round: what follows from a plan is worked out already in the history of this node
        boolean wouldLearn = !history().merge(gossip.history()).equals(gossip.history());
        if (wouldLearn) {
            tell(from);
        }
    }

    private boolean isFoundedApart(MembershipHistory theirs) {
        return history().founding().isPresent()
                && theirs.founding().isPresent()
                && !history().founding().equals(theirs.founding());
    }

    /**
     * Whether a cluster of the same name that was founded apart becomes one with this one: the one that counts takes in
     * the nodes of the other, which hand over what they hold. Told once of each peer.
     */
    private boolean mayBecomeOne(NodeId peer, MembershipHistory theirs) {
        Founding ours = history().founding().orElseThrow();
        Founding other = theirs.founding().orElseThrow();
        boolean alike = ours.homes() == other.homes();
        if (strangers.add(peer)) {
            listener.on(
                    new NodeEvent.Misconfigured(
                            "%s is of another cluster of the same name: that one was founded with N=%d and %d partitions by %s, this one with N=%d and %d by %s. %s"
                                    .formatted(
                                            peer,
                                            other.homes(),
                                            other.partitions(),
                                            namesOf(other),
                                            ours.homes(),
                                            ours.partitions(),
                                            namesOf(ours),
                                            alike
                                                    ? "They become one, that of "
                                                            + namesOf(ours.compareTo(other) < 0 ? ours : other)
                                                    : "They stay apart: set dynamo.store.n and seeds alike on all seeds, and found one of them anew, with empty data directories")));
        }
        return alike;
    }

    private static List<NodeId> namesOf(Founding founding) {
        return founding.members().stream().map(Member::id).toList();
    }

    /** All that it knows for certain. */
    MembershipHistory history() {
        return chronicle.kept();
    }

    /** As {@link #history}, and what is still being written down. */
    MembershipHistory newest() {
        return chronicle.newest();
    }

    Standing standing() {
        return standing;
    }

    /**
     * Every node that may hold a copy, a hint or an unsent message of any key: all of them must be asked before
     * anything is forgotten for good. One that has left and still runs is among them, as long as it is linked.
     */
    List<NodeId> holders() {
        TreeSet<NodeId> holders = new TreeSet<>(linked);
        history().members().forEach(member -> holders.add(member.id()));
        return List.copyOf(holders);
    }

    /** Whether it knows its ring and, unless it has been up for a while, enough of the others to answer for it. */
    boolean isReady() {
        if (standing.ring() == null || !standing.isOnRing()) {
            return false;
        }
        int needed = Math.max(settings.read().r(), settings.write().w());
        settled |= linked.size() + 1 >= Math.min(needed, history().members().size());
        return settled;
    }

    String obstacle() {
        if (misconfigured != null) {
            return misconfigured;
        }
        if (standing.ring() != null) {
            return standing.isOnRing() ? settlingObstacle() : outside();
        }
        List<String> missing = birth.missing();
        return missing.isEmpty()
                ? "the cluster is being born"
                : "the cluster is not born yet: waiting for the seeds " + missing;
    }

    private String settlingObstacle() {
        return isReady() ? "" : "this node was just started and has no links to the others yet";
    }

    private String outside() {
        return history().isGone(self.incarnation())
                ? "this node has left the cluster: what it still holds it hands over"
                : "this node is not a member of the cluster";
    }

    /** A member asks this node, whose place it takes, to stop answering for partitions. */
    void onRelease(NodeId from, Message.Release release) {
        if (history().progress().filter(Progress::committed).isPresent()) {
            standing.release(release.plan(), new TreeSet<>(release.partitions()));
        }
        // It may have stopped before, and the news of it been lost
        tell(from);
    }

    Proposals proposals() {
        return proposals;
    }

    /** Adds what this node has to say to the history. */
    void say(UnaryOperator<MembershipHistory> statement) {
        chronicle.say(statement);
    }

    /** Tells a peer that asked for something by another ring. */
    void enlighten(NodeId peer) {
        tell(peer);
    }

    private void onRound(Moment now) {
        round.set(now.nanos() + settings.gossipEvery().toNanos());
        chronicle.write();
        proposals.onRound(linked);
        if (asksToJoin()) {
            linked.forEach(this::tell);
        } else if (!linked.isEmpty()) {
            tell(List.copyOf(linked).get(random.nextInt(linked.size())));
        }
    }

    private void foundIfComplete() {
        Optional<MembershipHistory> founded = birth.founded(self);
        founded.ifPresent(chronicle::learn);
    }

    /**
     * One that lost its disk wants to be replaced by itself, whatever its settings say; also if the others have given up
     * what it was before it came to that.
     */
    private boolean asksToJoin() {
        return !standing.isOnRing()
                && history().founding().isPresent()
                && !history().isGone(self.incarnation())
                && (hasSeenItsName || settings.join());
    }

    private void onKept(Moment now, boolean spoken) {
        if (spoken) {
            linked.forEach(this::tell);
        }
        adopt(now);
    }

    private void adopt(Moment now) {
        Founding founding = history().founding().orElseThrow();
        if (founding.homes() != settings.homes()) {
            misconfigured = "this node is set up with N=%d, its cluster was founded with N=%d: change dynamo.store.n"
                    .formatted(settings.homes(), founding.homes());
            listener.on(new NodeEvent.Misconfigured(misconfigured));
            return;
        }
        hasSeenItsName |= history().settledMember(self.id()).isPresent();
        history().members().stream().map(Member::address).forEach(this::link);
        standing.adopt();
        if (!history().members().equals(told)) {
            told = history().members();
            listener.on(new NodeEvent.MembershipLearned(history()));
        }
        onChange.accept(now);
    }

    private void link(String address) {
        if (!address.equals(self.address())) {
            transport.link(address);
        }
    }

    private void tell(NodeId peer) {
        transport.send(peer, new Message.Gossip(self, asksToJoin(), history()));
    }
}
