package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Change;
import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.ring.NodeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change of the membership.
 *
 * @param id how it is named when it is to be committed
 * @param moves partitions that get a new home replica
 * @param incoming how many of them each node is sent
 * @param outgoing how many each node gives away
 * @param holds of how many each will be home replica
 * @param committed whether it is being carried out; false while it was only shown or proposed
 * @param waitingFor members that have not stored it yet
 * @param left copies of partitions that have still to be made
 */
public record PlanReport(
        String id,
        List<String> changes,
        int moves,
        Map<String, Integer> incoming,
        Map<String, Integer> outgoing,
        Map<String, Integer> holds,
        boolean committed,
        List<String> waitingFor,
        int left) {

    static PlanReport of(Plan plan) {
        return new PlanReport(
                plan.name(),
                plan.changes().stream().map(PlanReport::inWords).toList(),
                plan.partitionsMoved(),
                named(plan.incoming()),
                named(plan.outgoing()),
                named(plan.holding()),
                false,
                List.of(),
                plan.moves().size());
    }

    /** The report on a plan: how far it is by this history, or what was shown, if it is not open there. */
    static PlanReport of(Plan plan, MembershipHistory history) {
        return history.progress()
                .filter(progress -> progress.plan().equals(plan))
                .map(PlanReport::of)
                .orElseGet(() -> of(plan));
    }

    static PlanReport of(Progress progress) {
        PlanReport shown = of(progress.plan());
        return new PlanReport(
                shown.id,
                shown.changes,
                shown.moves,
                shown.incoming,
                shown.outgoing,
                shown.holds,
                progress.committed(),
                progress.waitingFor().stream().map(Incarnation::toString).toList(),
                progress.left().size());
    }

    /** A change in the words of the command line. */
    static String inWords(Change change) {
        return switch (change) {
            case Change.Join join -> "join " + inWords(join.member());
            case Change.Leave leave -> "leave " + leave.node();
            case Change.Replace replace -> "replace %s by %s".formatted(replace.node(), inWords(replace.successor()));
            case Change.ForceRemove remove -> "remove " + remove.node();
            case Change.Alter alter -> "alter " + inWords(alter.member());
        };
    }

    static String inWords(Member member) {
        return "%s at %s, zone %s, weight %d"
                .formatted(member.incarnation(), member.address(), member.zone(), member.weight());
    }

    private static Map<String, Integer> named(Map<NodeId, Integer> counts) {
        Map<String, Integer> named = new TreeMap<>();
        counts.forEach((node, count) -> named.put(node.name(), count));
        return named;
    }
}
