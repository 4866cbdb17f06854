package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise 1: a write is taken as long as W nodes can be reached, whichever they are, and finds its way home. */
class AlwaysWritableTests {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final List<Key> KEYS =
            IntStream.range(0, 12).mapToObj(i -> Key.of("cart-" + i)).toList();

    static Stream<List<Integer>> pairs() {
        return IntStream.rangeClosed(1, 5)
                .boxed()
                .flatMap(one -> IntStream.rangeClosed(one + 1, 5).mapToObj(other -> List.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anyTwoOfFiveMayDie(List<Integer> dead) {
        FiveNodes five = new FiveNodes(dead.hashCode());
        five.crash(dead.getFirst(), dead.getLast());
        for (int number = 1; number <= 5; number++) {
            if (!dead.contains(number)) {
                for (Key key : KEYS) {
                    five.write(number, key, "from " + number, 1);
                }
            }
        }
        five.heal();

        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theNetworkMaySplitTwoAndThree(List<Integer> smallSide) {
        FiveNodes five = new FiveNodes(smallSide.hashCode());
        List<Integer> largeSide = IntStream.rangeClosed(1, 5)
                .boxed()
                .filter(i -> !smallSide.contains(i))
                .toList();
        five.cut(smallSide, largeSide);
        for (int number = 1; number <= 5; number++) {
            for (Key key : KEYS) {
                five.write(number, key, "from " + number, 2);
            }
        }
        five.heal();

        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    @Test
    void theLastNodeTakesWritesWhereW1Says() {
        FiveNodes five = new FiveNodes(7);
        five.crash(1, 2, 3, 4);
        // A request that is on its way to a dead node has an unknown outcome; here all are known to be dead
        five.cluster.simulation().runFor(A_MINUTE);
        for (Key key : KEYS) {
            var put = five.node(5)
                    .store()
                    .put(
                            key,
                            Context.none(key),
                            Value.of("alone"),
                            five.node(5).store().writeOptions().withW(1));
            five.await(put);
            assertThat(put.join().homeReplicas() + put.join().standIns()).isEqualTo(1);
        }
    }

    static Stream<Arguments> removals() {
        return Stream.of(
                Arguments.of(ClusterOptions.three(), 2),
                Arguments.of(ClusterOptions.three().withQuorum(1, 3), 1),
                Arguments.of(ClusterOptions.three().withQuorum(1, 3), 2));
    }

    /** Before the others have made new copies, some keys have fewer home replicas than W. */
    @ParameterizedTest
    @MethodSource("removals")
    void anOperatorMayGiveUpNodesThatAreDead(ClusterOptions options, int removed) {
        FiveNodes five = new FiveNodes(11, options);
        SimulatedCluster cluster = five.cluster;
        List<SimulatedNode> dead =
                cluster.nodes().subList(5 - removed, 5).stream().toList();
        dead.forEach(cluster::takeAway);
        cluster.simulation().runFor(Duration.ofSeconds(2));
        dead.forEach(node -> five.node(1).dynamo().forceRemove(node.id()));
        cluster.simulation().runFor(Duration.ofMillis(50));
        Ring ring = cluster.history().ring().orElseThrow();
        assertThat(KEYS)
                .as("keys with too few home replicas")
                .anyMatch(key -> ring.preferenceList(key).homes() < options.w());

        for (int number = 1; number <= 5 - removed; number++) {
            for (Key key : KEYS) {
                five.write(number, key, "from " + number, 1);
            }
        }

        five.heal();
        five.awaitNoHints(A_MINUTE);
        cluster.simulation().runFor(A_MINUTE);
        five.everythingIsHome();
    }

    @Test
    void aHintSurvivesTheDeathOfItsKeeper() {
        FiveNodes five = new FiveNodes(8);
        five.crash(1, 2);
        KEYS.forEach(key -> five.write(3, key, "kept", 1));
        five.cluster.simulation().runFor(Duration.ofSeconds(2));
        assertThat(five.cluster.hinted()).isNotEmpty();
        five.crash(3, 4, 5);
        five.heal();

        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    @Test
    void aPausedNodeDelaysNobodyForLong() {
        FiveNodes five = new FiveNodes(9);
        five.node(2).pause();
        for (Key key : KEYS) {
            long before = five.cluster.simulation().now();
            five.write(1, key, "while 2 sleeps", 1);
            assertThat(Duration.ofNanos(five.cluster.simulation().now() - before))
                    .isLessThan(Duration.ofMillis(300));
        }
        five.heal();

        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    @Test
    void recoveryIsNoticedWithoutTraffic() {
        FiveNodes five = new FiveNodes(10);
        five.node(2).pause();
        KEYS.forEach(key -> five.write(1, key, "while 2 sleeps", 2));
        five.node(2).resume();
        five.awaitNoHints(Duration.ofSeconds(3));

        five.everythingIsHome();
    }
}
