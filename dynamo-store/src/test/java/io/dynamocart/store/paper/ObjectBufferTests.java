package io.dynamocart.store.paper;

import static io.dynamocart.store.paper.PaperCluster.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Observer;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§6.1: writes in memory, and one of N on disk")
class ObjectBufferTests {

    private static final Duration STANDSTILL = Duration.ofMillis(500);
    private static final ClusterOptions BUFFERING = ClusterOptions.three().withObjectBuffer(1_000);

    @Test
    void disksThatStandStillDelayNoWrite() {
        assertThat(timeOfAPut(BUFFERING)).isLessThan(STANDSTILL.dividedBy(10));
        assertThat(timeOfAPut(ClusterOptions.three())).as("without the buffer").isGreaterThanOrEqualTo(STANDSTILL);
    }

    private static Duration timeOfAPut(ClusterOptions options) {
        PaperCluster cluster = new PaperCluster(options);
        standStill(cluster, 1, 2, 3);
        long before = cluster.simulated.simulation().now();
        PutResult _ = cluster.put(1, "milk");
        return Duration.ofNanos(cluster.simulated.simulation().now() - before);
    }

    @Test
    void readersSeeWhatIsOnNoDiskYet() {
        PaperCluster cluster = new PaperCluster(BUFFERING);
        standStill(cluster, 1, 2, 3);
        PutResult _ = cluster.put(1, "milk");

        assertThat(cluster.numbers().mapToObj(cluster::valuesOnDisk)).containsOnly(List.of());
        assertThat(texts(cluster.get(2))).containsExactly("milk");
        assertThat(texts(cluster.get(3))).containsExactly("milk");
    }

    /** D22: the coordinator chooses it, and nobody else needs to survive. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void oneReplicaHasToHaveItOnDiskAndWhatItHasSurvivesTheDeathOfAll(int coordinator) {
        PaperCluster cluster = new PaperCluster(BUFFERING);
        List<SimulatedNode> durable = new ArrayList<>();
        cluster.onSend((node, message) -> {
            if (message instanceof Message.ReplicaPutReply) {
                durable.add(node);
            }
        });
        PutResult _ = cluster.put(coordinator, "milk");
        long end = cluster.simulated.simulation().now() + STANDSTILL.toNanos();
        while (durable.isEmpty() && cluster.simulated.simulation().now() < end) {
            cluster.simulated.simulation().step();
        }
        cluster.crash(1, 2, 3);

        assertThat(durable).hasSize(1).doesNotContain(cluster.node(coordinator));
        assertThat(texts(PaperCluster.onDisk(durable.getFirst()))).containsExactly("milk");
        cluster.numbers()
                .mapToObj(cluster::node)
                .filter(node -> !durable.contains(node))
                .forEach(node -> node.disk().wipe());
        cluster.simulated.startAll();
        cluster.rest();
        assertThat(texts(cluster.get(coordinator))).containsExactly("milk");
    }

    @Test
    void whoeverIsAloneWaitsForItsDisk() {
        PaperCluster cluster = new PaperCluster(BUFFERING.withQuorum(1, 1));
        cluster.isolate(1);
        cluster.rest();
        standStill(cluster, 1);
        CompletableFuture<PutResult> put = cluster.putting(1, "milk", Context.none(PaperCluster.KEY));

        cluster.simulated.simulation().runFor(STANDSTILL.dividedBy(2));
        assertThat(put).isNotDone();
        PutResult _ = cluster.done(put);
        assertThat(cluster.valuesOnDisk(1)).containsExactly("milk");
    }

    @Test
    void aWriteThatWasAnsweredBeforeAnyDiskHadItIsReported() {
        PaperCluster cluster = new PaperCluster(BUFFERING);
        List<NodeId> reported = new ArrayList<>();
        cluster.simulated.observe(new Observer() {
            @Override
            public void onEvent(NodeId node, NodeEvent event) {
                if (event instanceof NodeEvent.AnsweredFromMemory) {
                    reported.add(node);
                }
            }
        });
        standStill(cluster, 1, 2, 3);
        PutResult _ = cluster.put(1, "milk");

        assertThat(reported).containsExactly(cluster.node(1).id());
    }

    private static void standStill(PaperCluster cluster, int... numbers) {
        for (int number : numbers) {
            cluster.node(number).disk().standStill(STANDSTILL);
        }
    }
}
