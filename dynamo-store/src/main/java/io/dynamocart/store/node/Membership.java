package io.dynamocart.store.node;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.gossip.Birth;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.ring.Ring;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of its cluster, and how it learns more: it introduces itself to whoever it is linked to, and
 * once a round tells a random peer all it knows (paper §4.8.1). What it has learned it keeps on disk before it acts on
 * it. Not thread-safe.
 */
final class Membership {

    /** How long a node that was just started waits for links to the others before it calls itself ready without. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final Transport transport;
    private final Storage storage;
    private final RandomSource random;
    private final NodeEvent.Listener listener;
    private final Birth birth;
    private final Timers.Timer round;
    private final Timers.Timer settling;
    private final TreeSet<NodeId> linked = new TreeSet<>();
    private final TreeSet<NodeId> strangers = new TreeSet<>();
    private MembershipHistory history = MembershipHistory.empty();
    private MembershipHistory kept = MembershipHistory.empty();
    private @Nullable Ring ring;
    private @Nullable String misconfigured;
    private boolean settled;

    Membership(
            NodeSettings settings,
            MembershipHistory known,
            Transport transport,
            Storage storage,
            Timers timers,
            RandomSource random,
            NodeEvent.Listener listener) {
        this.settings = settings;
        this.transport = transport;
        this.storage = storage;
        this.random = random;
        this.listener = listener;
        Partitioning partitioning = new Partitioning.EqualShares(settings.partitions());
        this.birth = new Birth(settings.self(), settings.seeds(), partitioning, settings.homes());
        this.round = timers.timer(this::onRound);
        this.settling = timers.timer(_ -> settled = true);
        this.kept = known;
    }

    void start(Moment now) {
        settings.seeds().forEach(this::link);
        round.set(now.nanos());
        settling.set(now.nanos() + SETTLING.toNanos());
        if (kept.founding().isPresent()) {
            history = kept;
            adopt();
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
        if (isFoundedApart(gossip.history())) {
            // The histories would become one; this node stays in its own until it can hand over what it holds
            reportStranger(from, gossip.history());
            return;
        }
        MembershipHistory merged = history.merge(gossip.history());
        if (!merged.equals(history)) {
            keep(merged);
        } else if (history.founding().isEmpty()) {
            birth.onMet(gossip.self());
            foundIfComplete();
        }
        boolean wouldLearn = !gossip.history().merge(merged).equals(gossip.history());
        if (wouldLearn) {
            tell(from);
        }
    }

    private boolean isFoundedApart(MembershipHistory theirs) {
        return history.founding().isPresent()
                && theirs.founding().isPresent()
                && !history.founding().equals(theirs.founding());
    }

    /** Tells once of each peer that is of a cluster with the same name that was founded otherwise. */
    private void reportStranger(NodeId peer, MembershipHistory theirs) {
        Founding ours = history.founding().orElseThrow();
        Founding other = theirs.founding().orElseThrow();
        if (strangers.add(peer)) {
            listener.on(new NodeEvent.Misconfigured(
                    "%s is of another cluster of the same name: that one was founded with N=%d and %d partitions by %s, this one with N=%d and %d by %s. Set dynamo.store.n, partitions and seeds alike on all seeds; found anew, with an empty data directory, where nothing is lost by it"
                            .formatted(
                                    peer,
                                    other.homes(),
                                    other.partitions(),
                                    namesOf(other),
                                    ours.homes(),
                                    ours.partitions(),
                                    namesOf(ours))));
        }
    }

    private static List<NodeId> namesOf(Founding founding) {
        return founding.members().stream().map(Member::id).toList();
    }

    MembershipHistory history() {
        return history;
    }

    @Nullable
    Ring ring() {
        return ring;
    }

    /** Whether it knows its ring and, unless it has been up for a while, enough of the others to answer for it. */
    boolean isReady() {
        if (ring == null) {
            return false;
        }
        int needed = Math.max(settings.read().r(), settings.write().w());
        settled |= linked.size() + 1 >= Math.min(needed, history.members().size());
        return settled;
    }

    String obstacle() {
        if (misconfigured != null) {
            return misconfigured;
        }
        if (ring != null) {
            return isReady() ? "" : "this node was just started and has no links to the others yet";
        }
        List<String> missing = birth.missing();
        return missing.isEmpty()
                ? "the cluster is being born"
                : "the cluster is not born yet: waiting for the seeds " + missing;
    }

    private void onRound(Moment now) {
        round.set(now.nanos() + settings.gossipEvery().toNanos());
        if (!linked.isEmpty()) {
            tell(List.copyOf(linked).get(random.nextInt(linked.size())));
        }
    }

    private void foundIfComplete() {
        Optional<MembershipHistory> founded = birth.founded(settings.self());
        founded.ifPresent(this::keep);
    }

    /** Takes part with this history as soon as it is on disk. */
    private void keep(MembershipHistory learned) {
        history = learned;
        ByteWriter out = new ByteWriter();
        learned.writeTo(out);
        storage.writeNote(DynamoNode.MEMBERSHIP_NOTE, out.toByteArray(), (now, outcome) -> {
            // That it failed is told by the watch over the disk
            if (outcome instanceof WriteOutcome.Committed) {
                adopt();
            }
        });
    }

    private void adopt() {
        Founding founding = history.founding().orElseThrow();
        if (founding.homes() != settings.homes()) {
            misconfigured = "this node is set up with N=%d, its cluster was founded with N=%d: change dynamo.store.n"
                    .formatted(settings.homes(), founding.homes());
            listener.on(new NodeEvent.Misconfigured(misconfigured));
            return;
        }
        history.members().stream().map(Member::address).forEach(this::link);
        ring = history.ring().orElseThrow();
        listener.on(new NodeEvent.MembershipLearned(history));
    }

    private void link(String address) {
        if (!address.equals(settings.self().address())) {
            transport.link(address);
        }
    }

    private void tell(NodeId peer) {
        transport.send(peer, new Message.Gossip(settings.self(), history));
    }
}
