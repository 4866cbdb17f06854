package io.dynamocart.store.node;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanId;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ring by which this node acts, and what this node is on it. Each ring is adopted as soon as its history is on
 * disk; requests under way finish by the one under which they were begun. What this node promises the others, that it
 * has stored a plan or has stopped answering for a partition, it says only when all of those have ended. Not
 * thread-safe.
 */
final class ActiveRing {

    private final DurableHistory durableHistory;
    private final RequestEras eras;
    private final Incarnation self;
    private @Nullable Releases releases;
    private @Nullable Ring ring;
    private boolean onRing;

    /** The partitions that this node gives away under a plan, and was asked to stop answering for. */
    private record Releases(PlanId plan, SortedSet<Partition> partitions) {}

    ActiveRing(DurableHistory durableHistory, RequestEras eras, Incarnation self) {
        this.durableHistory = durableHistory;
        this.eras = eras;
        this.self = self;
    }

    @Nullable
    Ring ring() {
        return ring;
    }

    /** Whether this very incarnation is on the ring, as a member or as one that comes or goes. */
    boolean isOnRing() {
        return onRing;
    }

    /** Whether this node is a home replica of the key: it answers for it, and counts. */
    boolean isHome(Key key) {
        Ring known = ring;
        return known != null && onRing && known.preferenceList(key).isHome(self.node());
    }

    /** Whether this node is a home replica of the range, which is a partition: it answers for all of it, and counts. */
    boolean isHome(TokenRange range) {
        Ring known = ring;
        return known != null
                && onRing
                && known.partitionOf(range)
                        .filter(partition -> known.preferenceList(partition).isHome(self.node()))
                        .isPresent();
    }

    /** Whether this node gets every write of the key, as home replica or as one that is about to be. */
    boolean isHomeOrJoining(Key key) {
        Ring known = ring;
        return known != null && isHomeOrJoining(known.preferenceList(key));
    }

    boolean isHomeOrJoining(PreferenceList list) {
        return onRing && list.isHomeOrJoining(self.node());
    }

    List<NodeId> homesOf(Partition partition) {
        Ring known = ring;
        return known == null ? List.of() : known.preferenceList(partition).home();
    }

    /** The home replicas of a key but this node. */
    List<NodeId> othersOf(Key key) {
        Ring known = ring;
        return known == null
                ? List.of()
                : known.preferenceList(key).home().stream()
                        .filter(node -> !node.equals(self.node()))
                        .toList();
    }

    /** Takes the ring of the durable history as the one to act by. */
    void adopt() {
        MembershipHistory history = durableHistory.durable();
        Releases asked = releases;
        Ring next = with(asked, history).ring().orElseThrow();
        onRing = history.isOnRing(self);
        if (!next.equals(ring)) {
            ring = next;
            eras.turn();
        }
        eras.whenOlderEnded(() -> promise(history, asked));
    }

    /** Answers and counts for these partitions no longer, and says so once that is true for requests under way, too. */
    void release(PlanId plan, SortedSet<Partition> partitions) {
        TreeSet<Partition> all = new TreeSet<>(partitions);
        if (releases != null && releases.plan.equals(plan)) {
            all.addAll(releases.partitions);
        }
        Releases asked = new Releases(plan, all);
        if (!asked.equals(releases)) {
            releases = asked;
            adopt();
        }
    }

    /** @param asked what this node had been asked by then: for what it is asked later, others may be under way */
    private void promise(MembershipHistory actedOn, @Nullable Releases asked) {
        // What was learned since has its own turn, when it is on disk
        if (durableHistory.isDurable() && durableHistory.durable().equals(actedOn)) {
            durableHistory.say(history -> with(asked, history).stored(self));
        }
    }

    private MembershipHistory with(@Nullable Releases asked, MembershipHistory history) {
        return asked == null ? history : history.release(asked.plan, self, asked.partitions);
    }
}
