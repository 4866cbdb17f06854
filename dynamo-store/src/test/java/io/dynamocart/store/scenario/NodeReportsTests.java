package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.handoff.HintCount;
import io.dynamocart.store.node.LastExchange;
import io.dynamocart.store.node.TransferReport;
import io.dynamocart.store.node.TransferReport.Stage;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a node can tell an operator of the work that it does beside requests (docs/operations.md). */
class NodeReportsTests {

    private static final List<Key> KEYS =
            IntStream.range(0, 30).mapToObj(i -> Key.of("cart-" + i)).toList();

    @Test
    void hintsAreCountedForEachNodeAndTheOldestHasItsTime() {
        FiveNodes five = new FiveNodes(5);
        Instant cut = five.node(1).wallClock().instant();
        five.crash(2);
        KEYS.forEach(key -> five.write(1, key, "while 2 is away", 2));
        five.cluster.simulation().runFor(Duration.ofSeconds(1));
        Instant written = five.node(1).wallClock().instant();
        five.cluster.simulation().runFor(Duration.ofSeconds(30));

        List<HintCount> kept = five.cluster.ready().stream()
                .flatMap(node -> node.dynamo().reports().hints().values().stream())
                .toList();
        assertThat(kept).isNotEmpty().allSatisfy(count -> {
            assertThat(count.keys()).isPositive();
            assertThat(count.oldest()).isBetween(cut, written);
        });
        five.node(2).start();
        five.awaitNoHints(Duration.ofMinutes(1));
        assertThat(five.cluster.nodes())
                .allMatch(node -> node.dynamo().reports().hints().isEmpty());
    }

    @Test
    void theAgeOfHintsSurvivesARestart() {
        FiveNodes five = new FiveNodes(5);
        five.crash(2);
        KEYS.forEach(key -> five.write(1, key, "while 2 is away", 2));
        SimulatedNode keeper = five.cluster.ready().stream()
                .filter(node -> !node.dynamo().reports().hints().isEmpty())
                .findFirst()
                .orElseThrow();
        Instant written = keeper.wallClock().instant();
        five.cluster.simulation().runFor(Duration.ofMinutes(1));
        keeper.crash();
        keeper.start();
        five.cluster.simulation().runFor(Duration.ofSeconds(2));

        assertThat(keeper.dynamo().reports().hints().values())
                .isNotEmpty()
                .allSatisfy(count -> assertThat(count.oldest()).isBefore(written.plusSeconds(1)));
    }

    @Test
    void everyPairOfReplicasIsComparedAndWhatWasRepairedIsCounted() {
        FiveNodes five = new FiveNodes(5);
        KEYS.forEach(key -> five.write(1, key, "everywhere", 2));
        five.cluster.simulation().runFor(Duration.ofSeconds(1));
        five.crash(3);
        five.node(3).disk().keys().forEach(five.node(3).disk()::lose);
        five.node(3).start();
        boolean repaired = false;
        for (int patience = 0; patience < 6_000 && !isAllCompared(five); patience++) {
            five.cluster.simulation().runFor(Duration.ofMillis(100));
            repaired |= comparisons(five).anyMatch(report -> report.repaired() > 0);
        }

        assertThat(isAllCompared(five)).isTrue();
        assertThat(repaired).as("what was lost is told as repaired").isTrue();
        assertThat(comparisons(five)).anyMatch(LastExchange::complete);
        assertThat(comparisons(five).mapToInt(LastExchange::failed).sum()).isZero();
    }

    private static Stream<LastExchange> comparisons(FiveNodes five) {
        return five.cluster.nodes().stream().flatMap(node -> node.dynamo().reports().exchanges().stream());
    }

    /** Whether each node has compared each partition of its own with both other home replicas. */
    private static boolean isAllCompared(FiveNodes five) {
        return five.cluster.nodes().stream()
                .allMatch(node -> node.dynamo().reports().exchanges().size() == 2 * partitionsOf(node));
    }

    private static long partitionsOf(SimulatedNode node) {
        return node.dynamo().history().ring().orElseThrow().preferenceLists().stream()
                .filter(list -> list.isHome(node.id()))
                .count();
    }

    @Test
    void aPartitionOnItsWayTellsHowFarItIs() {
        ChangingCluster town = new ChangingCluster(3, ClusterOptions.three()).write();
        town.runFor(Duration.ofSeconds(5));
        SimulatedNode four = town.start(true);
        Set<Stage> seen = new TreeSet<>();
        town.await("every stage is seen, and keys on their way", Duration.ofMinutes(1), () -> {
            TransferReport transfer = four.dynamo().reports().transfer().orElse(null);
            if (transfer == null) {
                return false;
            }
            assertThat(transfer.sources()).isNotEmpty().doesNotContain(four.id());
            seen.add(transfer.stage());
            return seen.size() == Stage.values().length && transfer.keys() > 0;
        });
        town.awaitMembers(town.cluster.node(1), town.cluster.node(2), town.cluster.node(3), four);

        assertThat(four.dynamo().reports().transfer()).isEmpty();
    }
}
