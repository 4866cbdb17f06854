package io.dynamocart.store.node;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Proposes changes of the membership: what an operator asks for at this node, and what is due without one: nodes that
 * ask to be taken in, nodes that have lost their disks and are back, and what follows from the history itself. One
 * member proposes what is due; the next, if that one does not. Not thread-safe.
 */
final class Proposals {

    /** Rounds that each member leaves to the one before it. */
    private static final int ROUNDS_FOR_EACH = 3;

    private final Incarnation self;
    private final DurableHistory durableHistory;
    private final NodeEvent.Listener listener;
    private final KnownPeers knownPeers;
    private int roundsDue;

    Proposals(Incarnation self, KnownPeers knownPeers, DurableHistory durableHistory, NodeEvent.Listener listener) {
        this.self = self;
        this.knownPeers = knownPeers;
        this.durableHistory = durableHistory;
        this.listener = listener;
    }

    /**
     * The plan that follows from an operator's wishes, without any effect yet.
     *
     * @throws PlanRefusedException if they cannot be fulfilled, or not now
     */
    Plan plan(List<RequestedChange> requested) {
        MembershipHistory history = durableHistory.durable();
        return history.plan(
                self,
                requested.stream().map(request -> change(history, request)).toList());
    }

    /** @throws PlanRefusedException if something has changed since the plan was made */
    void commit(Plan plan) {
        durableHistory.say(history -> history.propose(plan));
    }

    /**
     * Removes a node in every incarnation that is on the ring: there are two while it takes its own place.
     *
     * @throws PlanRefusedException if there is no such member
     */
    void forceRemove(NodeId node) {
        List<Incarnation> removed = durableHistory.durable().members().stream()
                .filter(member -> member.id().equals(node))
                .map(Member::incarnation)
                .toList();
        if (removed.isEmpty()) {
            throw new PlanRefusedException("%s is no member".formatted(node));
        }
        removed.forEach(each ->
                durableHistory.say(history -> history.isOnRing(each) ? history.forceRemove(self, each) : history));
    }

    private Change change(MembershipHistory history, RequestedChange request) {
        return switch (request) {
            case RequestedChange.Join join -> new Change.Join(knownPeers.named(join.node()));
            case RequestedChange.Leave leave -> new Change.Leave(member(history, leave.node()));
            case RequestedChange.Replace replace ->
                new Change.Replace(member(history, replace.node()), knownPeers.named(replace.successor()));
            case RequestedChange.Alter alter -> new Change.Alter(altered(history, alter.node()));
        };
    }

    private Member altered(MembershipHistory history, NodeId name) {
        Incarnation onRing = member(history, name);
        Member now = knownPeers.named(name);
        if (!now.incarnation().equals(onRing)) {
            throw new PlanRefusedException("%s is %s now, which is no member yet".formatted(onRing, now.incarnation()));
        }
        if (history.settledMember(name).filter(now::equals).isPresent()) {
            throw new PlanRefusedException(
                    "%s is on the ring as its settings say: restart it with others first".formatted(name));
        }
        return now;
    }

    private static Incarnation member(MembershipHistory history, NodeId name) {
        return history.settledMember(name)
                .map(Member::incarnation)
                .orElseThrow(() -> new PlanRefusedException("%s is no member".formatted(name)));
    }

    /** A round of gossip begins; these can be reached. */
    void onRound(Set<NodeId> linked) {
        MembershipHistory history = durableHistory.durable();
        if (!history.isMember(self)) {
            return;
        }
        List<Incarnation> lost = history.progress().isPresent() ? lostFromThePlan(history) : new ArrayList<>();
        List<Change> due = history.progress().isPresent() ? List.of() : due(history);
        roundsDue = due.isEmpty() && lost.isEmpty() ? 0 : roundsDue + 1;
        if (roundsDue > ROUNDS_FOR_EACH * before(history, linked)) {
            roundsDue = 0;
            lost.forEach(node -> say(known -> known.forceRemove(self, node)));
            if (!due.isEmpty()) {
                say(known -> known.propose(known.plan(self, withLeavers(known, due))));
            }
        }
    }

    private List<Change> due(MembershipHistory history) {
        List<Change> due = new ArrayList<>(history.due());
        for (KnownPeers.Met last : knownPeers.others()) {
            Member newcomer = last.member();
            boolean known = history.isOnRing(newcomer.incarnation())
                    || history.isGone(newcomer.incarnation())
                    || due.contains(new Change.Join(newcomer));
            Optional<Member> former = history.settledMember(newcomer.id());
            if (known) {
                continue;
            }
            if (former.isEmpty() && last.joins() && !knownPeers.isSilent(history, newcomer.incarnation())) {
                due.add(new Change.Join(newcomer));
            } else if (former.isPresent()
                    && knownPeers.isSilent(history, former.get().incarnation())) {
                due.remove(new Change.ForceRemove(former.get().incarnation()));
                due.add(new Change.Replace(former.get().incarnation(), newcomer));
            }
        }
        return due;
    }

    /**
     * Adds to changes that whoever could not go with the last plan goes with this one, unless fewer would be left than
     * home replicas of a key.
     */
    private List<Change> withLeavers(MembershipHistory history, List<Change> due) {
        List<Change> changes = new ArrayList<>(due);
        for (Incarnation leaving : history.leaving()) {
            List<Incarnation> after = history.plan(self, changes).after().stream()
                    .map(Member::incarnation)
                    .toList();
            int homes = history.founding().orElseThrow().homes();
            if (after.contains(leaving) && after.size() > homes) {
                changes.add(new Change.Leave(leaving));
            }
        }
        return changes;
    }

    /** The nodes for which the open plan would wait for ever, since their disks are lost and they have begun anew. */
    private List<Incarnation> lostFromThePlan(MembershipHistory history) {
        return history.members().stream()
                .map(Member::incarnation)
                .filter(node -> knownPeers.hasBegunAnew(history, node) && knownPeers.isSilent(history, node))
                .toList();
    }

    /** How many members that can be reached propose before this one. */
    private long before(MembershipHistory history, Set<NodeId> linked) {
        return knownPeers.others().stream()
                .map(KnownPeers.Met::member)
                .filter(other -> linked.contains(other.id()))
                .map(Member::incarnation)
                .filter(other -> other.compareTo(self) < 0 && history.isMember(other))
                .count();
    }

    private void say(UnaryOperator<MembershipHistory> statement) {
        try {
            durableHistory.say(statement);
        } catch (PlanRefusedException refused) {
            listener.on(new NodeEvent.PlanRefused(String.valueOf(refused.getMessage())));
        }
    }
}
