package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which node coordinates a put (paper §5). */
class RoutingTests {

    @Test
    void theOneThatAnsweredTheLastReadFastestComesFirst() {
        assertThat(order("ABC", "", "C", "A")).isEqualTo("CAB");
    }

    @Test
    void thenThisNodeIfItIsAHomeReplicaThenTheOthersInTheOrderOfTheRing() {
        assertThat(order("ABC", "", null, "B")).isEqualTo("BAC");
        assertThat(order("ABC", "", null, "A")).isEqualTo("ABC");
    }

    @Test
    void thisNodeStandsInWhereNoHomeReplicaIsBelievedHealthy() {
        assertThat(order("ABC", "", null, "z")).isEqualTo("ABCz");
        assertThat(order("", "ABC", null, "z")).isEqualTo("zABC");
    }

    @Test
    void thoseThatAreSuspectedComeLast() {
        assertThat(order("BC", "A", null, "B")).isEqualTo("BCA");
    }

    @Test
    void thisNodeComesBeforeThemAlsoWhereItHasNoTrustInItself() {
        assertThat(order("C", "AB", null, "B")).isEqualTo("CBA");
        assertThat(order("", "ABC", null, "B")).isEqualTo("BAC");
    }

    @Test
    void theFastestOfTheLastReadIsOnlyAHint() {
        assertThat(order("BC", "A", "A", "B")).as("suspected by now").isEqualTo("BCA");
        assertThat(order("ABC", "", "z", "A")).as("no home replica any more").isEqualTo("ABC");
    }

    @Test
    void anotherMayBeTriedWhileItIsCertainThatTheOneBeforeChangedNothing() {
        Routing routing = new Routing(nodes("ABC"), List.of(), null, new NodeId("A"), false);
        routing.next();

        assertThat(routing.mayTryNext(true)).isTrue();
        assertThat(routing.mayTryNext(false)).isFalse();
    }

    @Test
    void aRepeatablePutMayBeTriedAgainInAnyCase() {
        Routing routing = new Routing(nodes("AB"), List.of(), null, new NodeId("A"), true);
        routing.next();

        assertThat(routing.mayTryNext(false)).isTrue();
    }

    @Test
    void nobodyMayBeTriedWhenNobodyIsLeft() {
        Routing routing = new Routing(nodes("A"), List.of(), null, new NodeId("A"), true);
        routing.next();

        assertThat(routing.mayTryNext(true)).isFalse();
        assertThat(routing.next()).isNull();
    }

    private static String order(String healthy, String suspected, @Nullable String fastest, String self) {
        Routing routing = new Routing(
                nodes(healthy),
                nodes(suspected),
                fastest == null ? null : new NodeId(fastest),
                new NodeId(self),
                false);
        List<String> order = new ArrayList<>();
        for (NodeId next = routing.next(); next != null; next = routing.next()) {
            order.add(next.name());
        }
        return String.join("", order);
    }

    private static List<NodeId> nodes(String names) {
        return ReadScript.nodes(names);
    }
}
