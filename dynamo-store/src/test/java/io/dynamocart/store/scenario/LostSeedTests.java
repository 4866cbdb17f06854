package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The only seed of a cluster, which founded it alone, loses its disk (paper §4.8.2, D18). */
class LostSeedTests {

    private final ChangingCluster town =
            new ChangingCluster(7, ClusterOptions.three().withNodes(1));

    @Test
    void itComesBackIntoItsClusterAndFoundsNoSecond() {
        SimulatedNode seed = town.cluster.node(1);
        Founding founding = foundingOnDiskOf(seed);
        SimulatedNode two = town.start(true);
        SimulatedNode three = town.start(true);
        town.awaitMembers(seed, two, three);
        town.write().runFor(Duration.ofSeconds(3));

        seed.crash();
        seed.disk().wipe();
        town.runFor(Duration.ofSeconds(10));
        seed.start();

        town.await(
                "it knows a cluster",
                Duration.ofSeconds(10),
                () -> seed.disk().membership().founding().isPresent());
        assertThat(foundingOnDiskOf(seed)).isEqualTo(founding);
        town.awaitMembers(seed, two, three);
        town.awaitEverythingHome();
        assertThat(seed.disk().keys()).isNotEmpty();
    }

    private static Founding foundingOnDiskOf(SimulatedNode node) {
        return node.disk().membership().founding().orElseThrow();
    }
}
