package io.dynamocart.store.node;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be changed in the membership without an operator having to say it at this node: nodes that ask to be taken
 * in, and what follows from the history itself. One member proposes it; the next, if that one does not. Not thread-safe.
 */
final class Proposals {

    /** Rounds that each member leaves to the one before it. */
    private static final int ROUNDS_FOR_EACH = 3;

    private final Incarnation self;
    private final Chronicle chronicle;
    private final NodeEvent.Listener listener;
    private final Map<NodeId, Member> met = new TreeMap<>();
    private final Map<NodeId, Member> asking = new TreeMap<>();
    private int roundsDue;

    Proposals(Incarnation self, Chronicle chronicle, NodeEvent.Listener listener) {
        this.self = self;
        this.chronicle = chronicle;
        this.listener = listener;
    }

    /** A node has introduced itself. */
    void onMet(Member other, boolean joins) {
        met.put(other.id(), other);
        if (joins) {
            asking.put(other.id(), other);
        } else {
            asking.remove(other.id());
        }
    }

    /** A round of gossip begins; {@code linked} can be reached. */
    void onRound(Iterable<NodeId> linked) {
        MembershipHistory history = chronicle.kept();
        List<Change> due = history.isMember(self) && history.progress().isEmpty() ? due(history) : List.of();
        roundsDue = due.isEmpty() ? 0 : roundsDue + 1;
        if (!due.isEmpty() && roundsDue > ROUNDS_FOR_EACH * before(history, linked)) {
            roundsDue = 0;
            propose(due);
        }
    }

    private List<Change> due(MembershipHistory history) {
        List<Change> due = new ArrayList<>(history.due());
        for (Member newcomer : asking.values()) {
            boolean named = due.stream()
                    .anyMatch(change -> change instanceof Change.Join join
                            && join.member().id().equals(newcomer.id()));
            if (!named && !history.isGone(newcomer.incarnation()) && !isOnRing(history, newcomer)) {
                due.removeIf(change -> change instanceof Change.ForceRemove former
                        && former.node().node().equals(newcomer.id()));
                due.add(history.settledMember(newcomer.id())
                        .<Change>map(former -> new Change.Replace(former.incarnation(), newcomer))
                        .orElseGet(() -> new Change.Join(newcomer)));
            }
        }
        return due;
    }

    private static boolean isOnRing(MembershipHistory history, Member node) {
        return history.members().stream().map(Member::incarnation).anyMatch(node.incarnation()::equals);
    }

    /** How many members that can be reached come first. */
    private int before(MembershipHistory history, Iterable<NodeId> linked) {
        int before = 0;
        for (NodeId node : linked) {
            Member introduced = met.get(node);
            if (introduced != null
                    && introduced.incarnation().compareTo(self) < 0
                    && history.isMember(introduced.incarnation())) {
                before++;
            }
        }
        return before;
    }

    private void propose(List<Change> changes) {
        try {
            chronicle.say(history -> history.propose(history.plan(self, changes)));
        } catch (PlanRefusedException refused) {
            listener.on(new NodeEvent.PlanRefused(String.valueOf(refused.getMessage())));
        }
    }
}
