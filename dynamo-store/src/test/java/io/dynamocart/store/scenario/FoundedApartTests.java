package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two clusters of one name that were founded apart by mistake, and meet (paper §4.8.2, D18). */
class FoundedApartTests {

    private static final List<Key> KEYS =
            IntStream.range(0, 20).mapToObj(i -> Key.of("apart-" + i)).toList();

    private final ChangingCluster town = new ChangingCluster(5, ClusterOptions.three());

    @Test
    void theyBecomeOneAndWhatBothTookIsThere() {
        List<SimulatedNode> others = Stream.of(4, 5, 6)
                .map(number -> start(number, "host-4", "host-5", "host-6"))
                .toList();
        town.await(
                "a second cluster",
                Duration.ofSeconds(30),
                () -> others.stream().allMatch(SimulatedNode::isReady));
        for (Key key : KEYS) {
            var put = others.getFirst().store().put(key, Context.none(key), Value.of("of the others"));
            town.await("put", Duration.ofSeconds(5), put::isDone);
            assertThat(put.join().homeReplicas()).isEqualTo(2);
        }
        town.write().runFor(Duration.ofSeconds(5));
        town.stopWriting();

        start(7, "host-1", "host-4");
        town.awaitMembers(Stream.concat(town.cluster.nodes().stream().limit(3), others.stream())
                .toArray(SimulatedNode[]::new));

        town.awaitEverythingHome();
        assertThat(town.cluster.keys()).containsAll(KEYS);
    }

    private SimulatedNode start(int number, String... seeds) {
        NodeSettings settings = ClusterOptions.three().settings(number, false, List.of(seeds));
        SimulatedNode node = town.cluster.add(settings);
        node.start();
        return node;
    }
}
