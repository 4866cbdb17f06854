package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Incarnation;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.Plan;
import io.dynamocart.store.membership.Progress;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ring as one node knows it, for operators.
 *
 * @param node whom this was asked
 * @param strategy the paper's number of how the ring is cut and handed out; 0 while there is no cluster
 * @param homes home replicas per key (N)
 * @param partitions into how many the ring is cut
 * @param members everyone on the ring, those who come and those who go among them
 * @param plan the change that is under way, null if there is none
 * @param due what members will propose by themselves
 * @param hints keys that this node keeps for each other one
 * @param obstacle why this node serves no requests, empty if it does
 */
public record RingReport(
        String node,
        int strategy,
        int homes,
        int partitions,
        List<MemberReport> members,
        @Nullable PlanReport plan,
        List<String> due,
        Map<String, Integer> hints,
        String obstacle) {

    /**
     * One node on the ring.
     *
     * @param owns partitions of which it is the first home replica
     * @param holds partitions of which it is a home replica
     * @param joining partitions that are on their way to it
     */
    public record MemberReport(
            String node,
            String address,
            String zone,
            int weight,
            String incarnation,
            int owns,
            int holds,
            int joining) {}

    /**
     * A change of the membership.
     *
     * @param id how it is named when it is to be committed
     * @param moves partitions that get a new home replica
     * @param incoming how many of them each node is sent
     * @param outgoing how many each node gives away
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
            boolean committed,
            List<String> waitingFor,
            int left) {

        static PlanReport of(Plan plan) {
            return new PlanReport(
                    plan.id().toString(),
                    plan.changes().stream().map(String::valueOf).toList(),
                    plan.partitionsMoved(),
                    named(plan.incoming()),
                    named(plan.outgoing()),
                    false,
                    List.of(),
                    plan.moves().size());
        }

        static PlanReport of(Progress progress) {
            PlanReport shown = of(progress.plan());
            return new PlanReport(
                    shown.id,
                    shown.changes,
                    shown.moves,
                    shown.incoming,
                    shown.outgoing,
                    progress.committed(),
                    progress.waitingFor().stream().map(Incarnation::toString).toList(),
                    progress.left().size());
        }
    }

    static RingReport of(NodeId self, DynamoNode node) {
        MembershipHistory history = node.history();
        List<PreferenceList> lists = history.ring().map(Ring::preferenceLists).orElse(List.of());
        return new RingReport(
                self.name(),
                history.founding().map(it -> it.partitioning().strategy()).orElse(0),
                history.founding().map(it -> it.homes()).orElse(0),
                lists.size(),
                history.members().stream().map(member -> report(member, lists)).toList(),
                history.progress().map(PlanReport::of).orElse(null),
                history.due().stream().map(String::valueOf).toList(),
                named(node.hints()),
                node.obstacle());
    }

    private static MemberReport report(Member member, List<PreferenceList> lists) {
        NodeId id = member.id();
        return new MemberReport(
                id.name(),
                member.address(),
                member.zone(),
                member.weight(),
                Long.toHexString(member.number()),
                (int) lists.stream()
                        .filter(list ->
                                list.homes() > 0 && list.nodes().getFirst().equals(id))
                        .count(),
                (int) lists.stream().filter(list -> list.isHome(id)).count(),
                (int) lists.stream().filter(list -> list.joining().contains(id)).count());
    }

    private static Map<String, Integer> named(Map<NodeId, Integer> counts) {
        Map<String, Integer> named = new TreeMap<>();
        counts.forEach((node, count) -> named.put(node.name(), count));
        return named;
    }
}
