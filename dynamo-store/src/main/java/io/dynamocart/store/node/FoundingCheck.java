package io.dynamocart.store.node;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.ring.NodeId;
import java.util.List;
import java.util.TreeSet;

/**
 * Checks whether the cluster of a peer was founded as this node's was. Clusters of the same name that were founded
 * apart become one, unless their N differs: the one that counts takes in the nodes of the other, which hand over what
 * they hold. Told once of each peer. Not thread-safe.
 */
final class FoundingCheck {

    private final NodeEvent.Listener listener;
    private final TreeSet<NodeId> told = new TreeSet<>();

    FoundingCheck(NodeEvent.Listener listener) {
        this.listener = listener;
    }

    /** Whether what a peer knows concerns this node: it is of the same cluster, or of one that becomes the same. */
    boolean isOfOne(MembershipHistory ours, NodeId peer, MembershipHistory theirs) {
        if (ours.founding().isEmpty() || theirs.founding().isEmpty()) {
            return true;
        }
        Founding own = ours.founding().get();
        Founding other = theirs.founding().get();
        if (own.equals(other)) {
            return true;
        }
        if (told.add(peer)) {
            listener.on(new NodeEvent.Misconfigured(describe(own, peer, other)));
        }
        return canBeOne(own, other);
    }

    private static boolean canBeOne(Founding own, Founding other) {
        return own.homes() == other.homes();
    }

    private static String describe(Founding own, NodeId peer, Founding other) {
        String outcome = canBeOne(own, other)
                ? "They become one, that of " + namesOf(own.compareTo(other) < 0 ? own : other)
                : "They stay apart: set dynamo.store.n and seeds alike on all seeds, "
                        + "and found one of them anew, with empty data directories";
        return "%s is of another cluster of the same name: that one was founded with N=%d and %d partitions by %s, "
                        .formatted(peer, other.homes(), other.partitions(), namesOf(other))
                + "this one with N=%d and %d by %s. %s".formatted(own.homes(), own.partitions(), namesOf(own), outcome);
    }

    private static List<NodeId> namesOf(Founding founding) {
        return founding.members().stream().map(Member::id).toList();
    }
}
