package io.dynamocart.store.actuate;

import io.dynamocart.store.handoff.HintCount;
import io.dynamocart.store.membership.MembershipHistory;
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
 * @param otherThanOnRing members whose settings say something else since their last start, which has no effect before
 *     the ring is altered
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
        List<String> otherThanOnRing,
        Map<String, Integer> hints,
        String obstacle) {

    static RingReport of(NodeId self, DynamoNode node) {
        MembershipHistory history = node.history();
        List<PreferenceList> lists = history.ring().map(Ring::preferenceLists).orElse(List.of());
        return new RingReport(
                self.name(),
                history.founding().map(it -> it.partitioning().strategy()).orElse(0),
                history.founding().map(it -> it.homes()).orElse(0),
                lists.size(),
                history.members().stream()
                        .map(member -> MemberReport.of(member, lists))
                        .toList(),
                history.progress().map(PlanReport::of).orElse(null),
                history.due().stream().map(PlanReport::inWords).toList(),
                node.reports().otherThanOnRing().stream()
                        .map(PlanReport::inWords)
                        .toList(),
                keys(node.reports().hints()),
                node.obstacle());
    }

    private static Map<String, Integer> keys(Map<NodeId, HintCount> hints) {
        Map<String, Integer> keys = new TreeMap<>();
        hints.forEach((node, kept) -> keys.put(node.name(), kept.keys()));
        return keys;
    }
}
