package io.dynamocart.store.node;

import io.dynamocart.store.gossip.Birth;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.port.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Tells whether this node can be expected to answer requests, and what is in the way if not. Not thread-safe. */
final class Readiness {

    /** How long a node that was just started waits for links to the others before it calls itself ready without. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Incarnation self;
    private final int reads;
    private final int writes;
    private final DurableHistory durableHistory;
    private final ActiveRing activeRing;
    private final Birth birth;
    private final IntSupplier links;
    private final Timers.Timer settling;
    private @Nullable String unopened;
    private @Nullable String misconfigured;
    private boolean settled;

    /**
     * Is not ready before it has a ring.
     *
     * @param reads nodes that a read needs
     * @param writes nodes that a write needs
     * @param links to how many other nodes there is a link
     */
    Readiness(
            Incarnation self,
            int reads,
            int writes,
            DurableHistory durableHistory,
            ActiveRing activeRing,
            Birth birth,
            IntSupplier links,
            Timers timers) {
        this.self = self;
        this.reads = reads;
        this.writes = writes;
        this.durableHistory = durableHistory;
        this.activeRing = activeRing;
        this.birth = birth;
        this.links = links;
        this.settling = timers.timer(_ -> settled = true);
    }

    void start(Moment now) {
        settling.setIn(now, SETTLING);
    }

    /** This node does not know yet what it keeps for others, for this reason; null once it does. */
    void onUnopened(@Nullable String why) {
        unopened = why;
    }

    /** This node's settings contradict its cluster: it takes no part in it until it is started with others. */
    void onMisconfigured(String why) {
        misconfigured = why;
    }

    /**
     * Whether this node knows its ring and, unless it has been up for a while, is linked to enough of the others to
     * answer for it.
     */
    boolean isReady() {
        if (unopened != null || activeRing.ring() == null || !activeRing.isOnRing()) {
            return false;
        }
        if (tooFewMembers().isPresent()) {
            return false;
        }
        // Once it was linked it is ready, whatever becomes of the others
        settled = settled || links.getAsInt() + 1 >= needed();
        return settled;
    }

    /**
     * The event that the cluster has fewer members than a request needs: most often a node alone, whose seeds nobody
     * set.
     */
    Optional<NodeEvent.TooFewMembers> tooFewMembers() {
        int members = durableHistory.durable().members().size();
        if (members >= needed()) {
            return Optional.empty();
        }
        String detail = "this cluster has %d member%s, and %s need %d: start the others, or correct dynamo.store.seeds"
                .formatted(members, members == 1 ? "" : "s", reads > writes ? "reads" : "writes", needed());
        return Optional.of(new NodeEvent.TooFewMembers(needed() - members, detail));
    }

    /** What this node is waiting for, or what is wrong, in words; empty once it is ready. */
    String obstacle() {
        if (unopened != null) {
            return unopened;
        }
        if (misconfigured != null) {
            return misconfigured;
        }
        if (activeRing.ring() == null) {
            return unborn();
        }
        if (!activeRing.isOnRing()) {
            return outside();
        }
        return tooFewMembers()
                .map(NodeEvent.TooFewMembers::detail)
                .orElseGet(() -> isReady() ? "" : "this node was just started and has no links to the others yet");
    }

    private int needed() {
        return Math.max(reads, writes);
    }

    private String unborn() {
        List<String> missing = birth.missing();
        return missing.isEmpty()
                ? "the cluster is being born"
                : "the cluster is not born yet: waiting for the seeds " + missing;
    }

    private String outside() {
        return durableHistory.durable().isGone(self)
                ? "this node has left the cluster: what it still holds it hands over"
                : "this node is not a member of the cluster";
    }
}
