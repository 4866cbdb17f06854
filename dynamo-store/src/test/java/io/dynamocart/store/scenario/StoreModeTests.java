package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Convergence;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The modes of a store beside the application's own merge (paper §2.3, §6), and what each of them loses. */
class StoreModeTests {

    private static final Key KEY = Key.of("session-1");

    @Nested
    @DisplayName("Last writer wins")
    class LastWriterWins {

        private final SimulatedCluster cluster = SimulatedCluster.born(
                41, ClusterOptions.three().withQuorum(1, 1).withReconciliation(Reconciliation.LAST_WRITER_WINS));

        @Test
        void theLaterOfTwoWritesStaysOnAllReplicas() {
            put(cluster, 1, "early", Context.none(KEY));
            put(cluster, 2, "late", Context.none(KEY));
            pass(cluster);

            everybodyHas("late");
        }

        @Test
        void ofTwoSidesOfASplitOneLosesWhatItAcknowledged() {
            cut(cluster, 1);
            put(cluster, 1, "bread", Context.none(KEY));
            put(cluster, 2, "milk", Context.none(KEY));
            cluster.healAll();
            pass(cluster);

            everybodyHas("milk");
        }

        @Test
        void aClockThatIsADayAheadWinsOverWhateverIsWrittenUntilTomorrow() {
            cluster.node(1).setClockError(Duration.ofDays(1));
            put(cluster, 1, "from tomorrow", Context.none(KEY));
            cluster.node(1).setClockError(Duration.ZERO);
            pass(cluster);
            GetResult seen = get(cluster, 2);

            PutResult acknowledged = put(cluster, 2, "later, and knowing it", seen.context());
            pass(cluster);

            assertThat(acknowledged.homeReplicas()).isPositive();
            everybodyHas("from tomorrow");
        }

        @Test
        void whatWasDeletedStaysDeletedIfTheClocksAreRight() {
            put(cluster, 1, "milk", Context.none(KEY));
            pass(cluster);
            await(cluster, cluster.node(2).store().delete(KEY, get(cluster, 2).context()));
            pass(cluster);

            everybodyHas();
        }

        private void everybodyHas(String... values) {
            new Convergence(cluster).await(Duration.ofMinutes(1));
            for (int number = 1; number <= 3; number++) {
                assertThat(texts(get(cluster, number))).as("at %d", number).containsExactly(values);
            }
        }
    }

    @Nested
    @DisplayName("The read engine: R = 1, W = N")
    class ReadEngine {

        private final SimulatedCluster cluster =
                SimulatedCluster.born(43, ClusterOptions.three().withQuorum(1, 3));

        @Test
        void oneReplicaIsEnoughToReadWhateverWasAcknowledged() {
            put(cluster, 1, "catalogue", Context.none(KEY));
            cut(cluster, 3);

            assertThat(texts(get(cluster, 3))).containsExactly("catalogue");
        }

        @Test
        void withoutOneOfNNodesNothingCanBeWritten() {
            cluster.node(3).crash();
            pass(cluster);

            CompletableFuture<PutResult> put =
                    cluster.node(1).store().put(KEY, Context.none(KEY), Value.of("catalogue"));
            finish(cluster, put);

            assertThat(put).isCompletedExceptionally();
            assertThat(put.exceptionNow()).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void theApplicationsOwnMergeIsShownBoth() {
        SimulatedCluster cluster = SimulatedCluster.born(47, ClusterOptions.three());
        put(cluster, 1, "milk", Context.none(KEY));
        put(cluster, 2, "bread", Context.none(KEY));

        assertThat(texts(get(cluster, 3))).containsExactlyInAnyOrder("milk", "bread");
    }

    private static PutResult put(SimulatedCluster cluster, int number, String value, Context context) {
        return await(cluster, cluster.node(number).store().put(KEY, context, Value.of(value)));
    }

    private static GetResult get(SimulatedCluster cluster, int number) {
        return await(cluster, cluster.node(number).store().get(KEY));
    }

    private static List<String> texts(GetResult found) {
        return found.versions().live().stream()
                .map(Version::value)
                .map(String::valueOf)
                .toList();
    }

    private static void cut(SimulatedCluster cluster, int number) {
        SimulatedNode alone = cluster.node(number);
        for (SimulatedNode other : cluster.nodes()) {
            if (!other.id().equals(alone.id())) {
                cluster.network().cut(alone.id(), other.id());
                cluster.network().cut(other.id(), alone.id());
            }
        }
    }

    private static void pass(SimulatedCluster cluster) {
        cluster.simulation().runFor(Duration.ofSeconds(5));
    }

    private static <T> T await(SimulatedCluster cluster, CompletableFuture<T> answer) {
        finish(cluster, answer);
        return answer.join();
    }

    private static void finish(SimulatedCluster cluster, CompletableFuture<?> answer) {
        while (!answer.isDone() && cluster.simulation().step()) {
            // Until it is there
        }
    }
}
