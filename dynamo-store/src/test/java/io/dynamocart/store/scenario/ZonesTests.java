package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three zones, (3,2,2), and one zone cut off or gone: docs/sizing.md says what each side can do. */
class ZonesTests {

    private static final List<Key> KEYS =
            IntStream.range(0, 12).mapToObj(i -> Key.of("cart-" + i)).toList();

    @Test
    void aZoneOfTwoThatIsCutOffGoesOnAndSoDoTheOthersAndAllIsThereAfterwards() {
        SimulatedCluster cluster = zonesOf(2);
        List<SimulatedNode> alone = zone(cluster, 0);
        List<SimulatedNode> others = others(cluster, alone);
        cut(cluster, alone, others);

        Map<Key, List<PutResult>> confirmed = new TreeMap<>();
        for (Key key : KEYS) {
            PutResult inside = put(cluster, alone.getFirst(), key);
            PutResult outside = put(cluster, others.getFirst(), key);
            assertThat(get(cluster, alone.getLast(), key).versions().clock().contains(inside.dot()))
                    .isTrue();
            assertThat(get(cluster, others.getLast(), key).versions().clock().contains(outside.dot()))
                    .isTrue();
            confirmed.put(key, List.of(inside, outside));
        }
        cluster.healAll();
        cluster.startAll();
        cluster.simulation().runFor(Duration.ofSeconds(30));

        confirmed.forEach((key, both) -> assertThat(both)
                .allMatch(put ->
                        get(cluster, others.getFirst(), key).versions().clock().contains(put.dot())));
        assertThat(cluster.hinted()).isEmpty();
    }

    @Test
    void aZoneOfOneThatIsCutOffRefusesAndTheOthersGoOn() {
        SimulatedCluster cluster = zonesOf(1);
        List<SimulatedNode> alone = zone(cluster, 0);
        List<SimulatedNode> others = others(cluster, alone);
        cut(cluster, alone, others);

        assertThat(done(
                        cluster,
                        alone.getFirst()
                                .store()
                                .put(KEYS.getFirst(), Context.none(KEYS.getFirst()), Value.of("socks"))))
                .isCompletedExceptionally();
        put(cluster, others.getFirst(), KEYS.getFirst());
    }

    @Test
    void allThatWasConfirmedIsReadWhileOneZoneIsGone() {
        SimulatedCluster cluster = zonesOf(2);
        List<PutResult> confirmed =
                KEYS.stream().map(key -> put(cluster, cluster.node(1), key)).toList();

        List<SimulatedNode> gone = zone(cluster, 1);
        gone.forEach(SimulatedNode::crash);
        cluster.simulation().runFor(Duration.ofSeconds(10));

        SimulatedNode left = others(cluster, gone).getFirst();
        for (int i = 0; i < KEYS.size(); i++) {
            assertThat(get(cluster, left, KEYS.get(i))
                            .versions()
                            .clock()
                            .contains(confirmed.get(i).dot()))
                    .isTrue();
        }
    }

    private static SimulatedCluster zonesOf(int nodes) {
        return SimulatedCluster.born(
                1, ClusterOptions.three().withNodes(3 * nodes).withZones(3));
    }

    /** The simulation puts the {@code i}-th node into zone {@code i} mod 3. */
    private static List<SimulatedNode> zone(SimulatedCluster cluster, int zone) {
        return IntStream.rangeClosed(1, cluster.nodes().size())
                .filter(number -> number % 3 == zone)
                .mapToObj(cluster::node)
                .toList();
    }

    private static List<SimulatedNode> others(SimulatedCluster cluster, List<SimulatedNode> some) {
        return cluster.nodes().stream().filter(node -> !some.contains(node)).toList();
    }

    /** Every way between the two sides; noticed after some seconds. */
    private static void cut(SimulatedCluster cluster, List<SimulatedNode> some, List<SimulatedNode> others) {
        for (SimulatedNode one : some) {
            for (SimulatedNode other : others) {
                NodeId there = other.id();
                cluster.network().cut(one.id(), there);
                cluster.network().cut(there, one.id());
            }
        }
        cluster.simulation().runFor(Duration.ofSeconds(10));
    }

    private static PutResult put(SimulatedCluster cluster, SimulatedNode through, Key key) {
        return done(cluster, through.store().put(key, Context.none(key), Value.of("socks")))
                .join();
    }

    private static GetResult get(SimulatedCluster cluster, SimulatedNode through, Key key) {
        return done(cluster, through.store().get(key)).join();
    }

    private static <T> CompletableFuture<T> done(SimulatedCluster cluster, CompletableFuture<T> future) {
        while (!future.isDone()) {
            cluster.simulation().step();
        }
        return future;
    }
}
