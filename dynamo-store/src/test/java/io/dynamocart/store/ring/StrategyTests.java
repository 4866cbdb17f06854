package io.dynamocart.store.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynamocart.store.simulation.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The three strategies of the paper's §6.2 beside one another. */
class StrategyTests {

    private static final int N = 3;

    @Test
    void withStrategy1EveryTokenEndsAPartitionOfItsOwner() {
        Layout layout = Layout.of(new Partitioning.RandomTokens(8, 1), N, seats(5));
        Ring ring = layout.ring();

        assertThat(layout.tokens()).hasSize(40);
        assertThat(ring.ends()).containsExactlyElementsOf(layout.tokens().keySet());
        layout.tokens()
                .forEach((token, owner) -> assertThat(
                                ring.preferenceList(ring.partitionAt(token)).nodes())
                        .startsWith(owner));
    }

    @Test
    void withStrategy1AJoiningNodeSplitsPartitionsAndChangesNoOtherToken() {
        Layout before = Layout.of(new Partitioning.RandomTokens(8, 1), N, seats(5));
        Layout after = before.with(seats(6));

        assertThat(after.tokens()).hasSize(48).containsAllEntriesOf(before.tokens());
        assertThat(after.with(seats(5))).isEqualTo(before);
    }

    /** "Placed on the first N unique nodes clockwise from the end of the partition." */
    @Test
    void withStrategy2PartitionsAreEqualAndTokensSayOnlyWhoHoldsThem() {
        Layout layout = Layout.of(new Partitioning.RandomTokensEqualPartitions(64, 4, 1), N, seats(5));
        Ring ring = layout.ring();

        assertThat(ring.ends()).hasSize(64);
        for (PreferenceList list : ring.preferenceLists()) {
            Token end = ring.ends().get(list.partition().index());
            List<NodeId> clockwise =
                    new ArrayList<>(layout.tokens().tailMap(end, true).values());
            clockwise.addAll(layout.tokens().values());
            assertThat(list.home())
                    .isEqualTo(clockwise.stream().distinct().limit(N).toList());
        }
    }

    @Test
    void withStrategies2And3PartitionsStayWhenNodesChange() {
        for (Partitioning partitioning :
                List.of(new Partitioning.RandomTokensEqualPartitions(64, 4, 1), new Partitioning.EqualShares(64))) {
            Layout before = Layout.of(partitioning, N, seats(5));
            Layout after = before.with(seats(7));

            assertThat(after.ring().ends()).isEqualTo(before.ring().ends());
            assertThat(after.ring()).isNotEqualTo(before.ring());
        }
    }

    @Test
    void aHeavierNodeHasMoreTokens() {
        List<Seat> seats = List.of(new Seat(new NodeId("light"), "z", 1), new Seat(new NodeId("heavy"), "z", 3));
        Layout layout = Layout.of(new Partitioning.RandomTokens(8, 1), N, seats);

        assertThat(layout.owners().stream().filter(new NodeId("heavy")::equals)).hasSize(24);
        assertThat(layout.owners()).hasSize(32);
    }

    @Test
    void aClusterOfAnotherSeedHasOtherTokens() {
        Layout one = Layout.of(new Partitioning.RandomTokens(8, 1), N, seats(5));
        Layout two = Layout.of(new Partitioning.RandomTokens(8, 2), N, seats(5));

        assertThat(one.tokens().keySet())
                .doesNotContainAnyElementsOf(two.tokens().keySet());
    }

    @Test
    void everyKeyHasNDistinctHomesWithAnyStrategy() {
        Property.holds(60, random -> {
            int nodes = (int) random.between(1, 12);
            Layout layout = Layout.of(random.pick(strategies(random.nextLong())), N, seats(nodes));

            assertThat(layout.with(seats(nodes + 1)).ring().preferenceLists())
                    .allSatisfy(list -> assertThat(new TreeSet<>(list.home())).hasSize(Math.min(N, nodes + 1)));
        });
    }

    @Test
    void theLoadsOfAllNodesAddUpToN() {
        for (Partitioning partitioning : strategies(7)) {
            Balance balance = Balance.of(Layout.of(partitioning, N, seats(5)));

            assertThat(balance.load().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(N, within(1e-9));
            assertThat(balance.efficiency()).isBetween(0.1, 1.0);
        }
    }

    /**
     * Figure 8 in small: 30 nodes, three replicas, tables of 30 to 1,500 entries. The paper read 0.86 to 0.99 for
     * strategy 3, 0.52 to 0.96 for strategy 1, and strategy 2 below both.
     */
    @Test
    void strategy3BalancesBestWithATableOfTheSameSize() {
        double previous = 0;
        for (int tokensPerNode : List.of(1, 10, 50)) {
            int table = 30 * tokensPerNode;
            double first = efficiency(table, seed -> new Partitioning.RandomTokens(tokensPerNode, seed));
            double second =
                    efficiency(table, seed -> new Partitioning.RandomTokensEqualPartitions(table, tokensPerNode, seed));
            double third = efficiency(table, _ -> new Partitioning.EqualShares(table));

            assertThat(third).isGreaterThan(0.8).isGreaterThan(first).isGreaterThan(second);
            assertThat(second).isLessThan(first + 0.02);
            assertThat(first).as("more tokens, better balance").isGreaterThan(previous);
            previous = first;
        }
    }

    @Test
    void countsAreBounded() {
        assertThatThrownBy(() -> new Partitioning.EqualShares(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Partitioning.RandomTokens(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Layout.of(new Partitioning.RandomTokens(4096, 1), N, seats(33)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double efficiency(int table, LongFunction<Partitioning> partitioning) {
        return IntStream.range(0, 3)
                .mapToObj(seed -> Balance.of(grown(partitioning.apply(seed))))
                .peek(balance -> assertThat(balance.tokens()).isEqualTo(table))
                .mapToDouble(Balance::efficiency)
                .average()
                .orElseThrow();
    }

    /** Thirty nodes, of which ten joined in two steps. */
    private static Layout grown(Partitioning partitioning) {
        return Layout.of(partitioning, N, seats(20)).with(seats(24)).with(seats(30));
    }

    private static List<Partitioning> strategies(long seed) {
        return List.of(
                new Partitioning.RandomTokens(8, seed),
                new Partitioning.RandomTokensEqualPartitions(64, 8, seed),
                new Partitioning.EqualShares(64));
    }

    private static List<Seat> seats(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Seat(new NodeId("node-%02d".formatted(i)), "zone", 1))
                .toList();
    }
}
