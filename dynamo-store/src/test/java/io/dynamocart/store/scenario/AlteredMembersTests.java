package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Members that are started again with another weight or zone: that has no effect before an operator says so, and then
 * nothing is refused and nothing lost while what they hold moves (paper §6.2, zones; D12, D13).
 */
@Execution(ExecutionMode.CONCURRENT)
class AlteredMembersTests {

    /** When the last of the others knows that one has stopped, as where its whole machine went. */
    private static final Duration NOTICED = Duration.ofSeconds(15);

    @Test
    void aHeavierNodeGetsALargerShare() {
        ChangingCluster town = new ChangingCluster(6, ClusterOptions.three().withNodes(5)).write();
        SimulatedNode five = town.cluster.node(5);
        restart(town, five, "zone-0", 3);
        assertThat(held(town, five)).isEqualTo(held(town, town.cluster.node(4)));

        alter(town, five);

        assertThat(held(town, five)).isGreaterThan(held(town, town.cluster.node(4)) * 3 / 2);
        town.awaitEverythingHome();
        assertThat(town.refused).isEmpty();
    }

    @Test
    void aClusterThatHadNoZonesGetsThem() {
        ClusterOptions options = ClusterOptions.three().withNodes(6).withPartitioning(new Partitioning.EqualShares(64));
        ChangingCluster town = new ChangingCluster(7, options).write();
        SimulatedNode[] nodes = town.cluster.nodes().toArray(SimulatedNode[]::new);
        for (int i = 0; i < nodes.length; i++) {
            restart(town, nodes[i], "rack-" + i / 2, 1);
        }
        assertThat(zonesOfEach(town)).containsOnly(1L);

        alter(town, nodes);

        assertThat(zonesOfEach(town)).containsOnly(3L);
        double share = 3.0 * lists(town).size() / nodes.length;
        assertThat(nodes)
                .allSatisfy(node -> assertThat((double) held(town, node)).isBetween(share * 2 / 3, share * 4 / 3));
        town.awaitEverythingHome();
        assertThat(town.refused).isEmpty();
    }

    /** Nobody writes meanwhile, and until the others have noticed: what is on its way to one that stops is lost with it. */
    private static void restart(ChangingCluster town, SimulatedNode node, String zone, int weight) {
        town.stopWriting();
        node.crash();
        node.become(zone, weight);
        node.start();
        town.await("it is ready", Duration.ofSeconds(10), node::isReady);
        town.runFor(NOTICED);
        town.write().runFor(Duration.ofSeconds(2));
    }

    private static void alter(ChangingCluster town, SimulatedNode... nodes) {
        List<RequestedChange> requested = List.of(nodes).stream()
                .<RequestedChange>map(node -> new RequestedChange.Alter(node.id()))
                .toList();
        SimulatedNode at = town.cluster.node(1);
        at.dynamo().commit(at.dynamo().plan(requested));
        town.await(
                "nothing is other than on the ring",
                Duration.ofSeconds(90),
                () -> town.cluster.nodes().stream()
                        .allMatch(node ->
                                node.dynamo().reports().otherThanOnRing().isEmpty()
                                        && node.disk().membership().progress().isEmpty()));
    }

    private static long held(ChangingCluster town, SimulatedNode node) {
        return lists(town).stream().filter(list -> list.isHome(node.id())).count();
    }

    /** How many zones the home replicas of each key are in. */
    private static List<Long> zonesOfEach(ChangingCluster town) {
        Map<NodeId, String> zones =
                town.history().members().stream().collect(Collectors.toMap(Member::id, Member::zone));
        return lists(town).stream()
                .map(list -> list.home().stream().map(zones::get).distinct().count())
                .toList();
    }

    private static List<PreferenceList> lists(ChangingCluster town) {
        return town.history().ring().map(Ring::preferenceLists).orElseThrow();
    }
}
