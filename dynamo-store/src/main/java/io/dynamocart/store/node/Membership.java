package io.dynamocart.store.node;

import io.dynamocart.store.gossip.Birth;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The membership of the cluster as this node knows it, and how it learns more: it introduces itself to whoever it is
 * linked to, and once a round tells one of them all it knows (paper §4.8.1); what it has to say itself it tells
 * everybody at once. What it knows it keeps on disk before it acts on it. Not thread-safe.
 */
final class Membership {

    private final NodeSettings settings;
    private final Member self;
    private final NodeEvent.Listener listener;
    private final Consumer<Moment> onChange;
    private final DurableHistory durableHistory;
    private final ActiveRing activeRing;
    private final Birth birth;
    private final Readiness readiness;
    private final Gossiper gossiper;
    private final FoundingCheck foundingCheck;
    private final KnownPeers knownPeers;
    private final Proposals proposals;
    private final Timers.Timer round;
    private List<Member> told = List.of();
    private boolean hasSeenItsName;
    private boolean started;

    /**
     * Begins with the history that was on disk.
     *
     * @param self this node in its present incarnation, whose number is on disk before {@link #start}
     * @param onChange told whenever the ring or the progress of a plan may have changed
     */
    Membership(
            NodeSettings settings,
            Member self,
            MembershipHistory known,
            RequestEras eras,
            Transport transport,
            Storage storage,
            Timers timers,
            RandomSource random,
            NodeEvent.Listener listener,
            Consumer<Moment> onChange) {
        this.onChange = onChange;
        this.settings = settings;
        this.self = self;
        this.listener = listener;
        this.durableHistory = new DurableHistory(storage, known, this::onDurable);
        this.knownPeers = new KnownPeers(self);
        this.proposals = new Proposals(self.incarnation(), knownPeers, durableHistory, listener);
        this.activeRing = new ActiveRing(durableHistory, eras, self.incarnation());
        this.hasSeenItsName = known.settledMember(self.id()).isPresent();
        this.birth = new Birth(self, settings.seeds(), settings.partitioning(), settings.homes());
        this.round = timers.every(settings.gossipEvery(), this::onRound);
        this.gossiper = new Gossiper(self.address(), transport, random, this::news);
        this.readiness = new Readiness(
                self.incarnation(),
                settings.read().r(),
                settings.write().w(),
                durableHistory,
                activeRing,
                birth,
                () -> gossiper.linked().size(),
                timers);
        this.foundingCheck = new FoundingCheck(listener);
    }

    /**
     * From now on this node takes part; before that it neither listens nor speaks, since it acts on all that it hears.
     */
    void start(Moment now) {
        started = true;
        gossiper.tellAll();
        settings.seeds().forEach(gossiper::link);
        round.set(now.nanos());
        readiness.start(now);
        if (history().founding().isPresent()) {
            adopt(now);
        }
    }

    void onLinkUp(NodeId peer) {
        gossiper.onLinkUp(peer);
        if (started) {
            gossiper.tell(peer);
        }
    }

    void onLinkDown(NodeId peer) {
        gossiper.onLinkDown(peer);
    }

    void onGossip(Moment now, NodeId from, Message.Gossip gossip) {
        if (!started) {
            return;
        }
        gossiper.link(gossip.self().address());
        knownPeers.onMet(gossip.self(), gossip.joins());
        if (!foundingCheck.isOfOne(history(), from, gossip.history())) {
            return;
        }
        durableHistory.learn(gossip.history());
        if (durableHistory.isDurable() && history().founding().isEmpty()) {
            birth.onMet(gossip.self());
            foundIfComplete();
        }
        // In this order, since only this node's own history has worked out already what follows from its plan
        boolean wouldLearn = !history().merge(gossip.history()).equals(gossip.history());
        if (wouldLearn) {
            gossiper.answer(from);
        }
    }

    /** The history as this node knows it for certain: as it is on its disk. */
    MembershipHistory history() {
        return durableHistory.durable();
    }

    /** The history with what is still to be written to disk. */
    MembershipHistory newest() {
        return durableHistory.newest();
    }

    ActiveRing activeRing() {
        return activeRing;
    }

    Readiness readiness() {
        return readiness;
    }

    /**
     * Every node that may hold a copy, a hint or an unsent message of any key: all of them must be asked before
     * anything is forgotten for good. One that has left and still runs is among them, as long as it is linked.
     */
    List<NodeId> holders() {
        TreeSet<NodeId> holders = new TreeSet<>(gossiper.linked());
        history().members().forEach(member -> holders.add(member.id()));
        return List.copyOf(holders);
    }

    /** A member asks this node, whose place it takes, to stop answering for partitions. */
    void onRelease(NodeId from, Message.Release release) {
        if (!started) {
            return;
        }
        boolean present = history()
                .progress()
                .filter(progress -> progress.committed() && progress.plan().id().equals(release.plan()))
                .isPresent();
        if (present) {
            activeRing.release(release.plan(), new TreeSet<>(release.partitions()));
        }
        // It may have stopped before, and the news of it been lost
        gossiper.tell(from);
    }

    /** @throws PlanRefusedException before this node takes part: it would have to act on what it says */
    Proposals proposals() {
        if (!started) {
            throw new PlanRefusedException(readiness.obstacle());
        }
        return proposals;
    }

    /**
     * Members whose settings have changed since they became what they are on the ring, as they introduce themselves
     * now.
     */
    List<Member> otherThanOnRing() {
        return knownPeers.otherThanOnRing(history());
    }

    /** Adds what this node has to say to the history. */
    void say(UnaryOperator<MembershipHistory> statement) {
        durableHistory.say(statement);
    }

    /** Runs something once all that this node knows and has said is on its disk. */
    void whenDurable(Runnable then) {
        durableHistory.whenDurable(then);
    }

    /** Sends the history to a peer that asked for something by another ring. */
    void sendHistoryTo(NodeId peer) {
        gossiper.answer(peer);
    }

    private void onRound(Moment now) {
        durableHistory.write();
        gossiper.onRound();
        knownPeers.onRound();
        // While what was told is on its way to the disk, nothing is to be founded either
        if (newest().founding().isEmpty()) {
            birth.onRound();
            foundIfComplete();
        }
        gossiper.unlinkAllBut(addresses());
        proposals.onRound(gossiper.linked());
        if (asksToJoin()) {
            gossiper.tellAll();
        } else {
            gossiper.tellOne();
        }
    }

    private void foundIfComplete() {
        Optional<MembershipHistory> founded = birth.founded(self);
        founded.ifPresent(durableHistory::learn);
    }

    /**
     * Whether this node asks to be taken in. One that lost its disk wants to be replaced by itself, whatever its
     * settings say; also if the others have given up what it was before it came to that.
     */
    private boolean asksToJoin() {
        return !activeRing.isOnRing()
                && history().founding().isPresent()
                && !history().isGone(self.incarnation())
                && (hasSeenItsName || settings.join());
    }

    private void onDurable(Moment now, boolean spoken) {
        if (spoken) {
            gossiper.tellAll();
        }
        adopt(now);
    }

    private void adopt(Moment now) {
        Founding founding = history().founding().orElseThrow();
        if (founding.homes() != settings.homes()) {
            String misconfigured =
                    "this node is set up with N=%d, its cluster was founded with N=%d: change dynamo.store.n"
                            .formatted(settings.homes(), founding.homes());
            readiness.onMisconfigured(misconfigured);
            listener.on(new NodeEvent.Misconfigured(misconfigured));
            return;
        }
        hasSeenItsName |= history().settledMember(self.id()).isPresent();
        linkOthers();
        activeRing.adopt();
        if (!history().members().equals(told)) {
            told = history().members();
            listener.on(new NodeEvent.MembershipLearned(history(), activeRing.isOnRing()));
            readiness.tooFewMembers().ifPresent(listener::on);
            told.stream()
                    .filter(onRing -> KnownPeers.isAnother(self, onRing))
                    .forEach(onRing -> listener.on(new NodeEvent.OtherThanOnRing(self, onRing)));
        }
        onChange.accept(now);
    }

    /**
     * Links to the other members. Not to this node itself: where the ring has an older address of it, it would call
     * itself there.
     */
    private void linkOthers() {
        history().members().stream()
                .filter(member -> !member.id().equals(self.id()))
                .map(Member::address)
                .forEach(gossiper::link);
    }

    /** The addresses where somebody may be: the seeds, the members, and whoever else was heard of not long ago. */
    private Set<String> addresses() {
        Set<String> addresses = new TreeSet<>(settings.seeds());
        history().members().stream().map(Member::address).forEach(addresses::add);
        knownPeers.heard(history()).map(Member::address).forEach(addresses::add);
        return addresses;
    }

    private Message.Gossip news() {
        return new Message.Gossip(self, asksToJoin(), history());
    }
}
