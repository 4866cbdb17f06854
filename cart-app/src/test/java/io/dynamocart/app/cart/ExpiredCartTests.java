package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Carts on a simulated cluster of three that go when nobody has changed them for ten minutes. */
@Execution(ExecutionMode.CONCURRENT)
class ExpiredCartTests {

    private static final CartId CART = new CartId("customer-1");
    private static final Duration AGE = Duration.ofMinutes(10);

    private final SimulatedCluster cluster = SimulatedCluster.born(
            5, ClusterOptions.three().atLeisure().withQuorum(1, 1).withReaping().withExpiry(AGE));
    private int keys;

    @Test
    void anAbandonedCartIsEmptyAndNothingIsKeptOfIt() {
        add(homes().getFirst(), "apple", 5);
        pass(AGE.plusMinutes(2));

        assertThat(lines(homes().getFirst())).isEmpty();
        assertThat(cluster.keys()).isEmpty();
    }

    @Test
    void itCanBeFilledAnew() {
        add(homes().getFirst(), "apple", 5);
        pass(AGE.plusMinutes(2));
        add(homes().getLast(), "pear", 1);
        pass(Duration.ofSeconds(1));

        assertThat(lines(homes().getFirst())).isEqualTo(Map.of("pear", 1L));
    }

    @Test
    void expiryAndAddTwoBecomeTheCartAsItWasAndTheTwo() {
        List<SimulatedNode> homes = homes();
        SimulatedNode apart = homes.getLast();
        add(homes.getFirst(), "apple", 5);
        add(homes.getFirst(), "pear", 1);
        pass(AGE.minusMinutes(1));
        homes.subList(0, 2).forEach(other -> {
            cluster.network().cut(apart.id(), other.id());
            cluster.network().cut(other.id(), apart.id());
        });
        add(apart, "apple", 2);
        pass(Duration.ofMinutes(3));
        assertThat(lines(homes.getFirst())).as("where nobody knows of the add").isEmpty();

        cluster.healAll();
        pass(Duration.ofMinutes(1));

        for (SimulatedNode node : homes) {
            assertThat(lines(node)).as("at %s", node.id()).isEqualTo(Map.of("apple", 5L + 2, "pear", 1L));
        }
    }

    /** The first of them proposes. */
    private List<SimulatedNode> homes() {
        return done(cluster.node(1).store().replicas(CART.key())).stream()
                .map(copy -> cluster.nodes().stream()
                        .filter(node -> node.id().name().equals(copy.node()))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private void add(SimulatedNode node, String item, int quantity) {
        OperationId id = OperationId.of(CART, "key " + ++keys, "the request");
        done(carts(node).apply(CART, new Operation.Add(id, new ItemId(item), quantity, 100), new Shown.Whole(), null));
    }

    private Map<String, Long> lines(SimulatedNode node) {
        Map<String, Long> lines = new TreeMap<>();
        done(carts(node).get(CART))
                .state()
                .lines()
                .forEach(line -> lines.put(line.item().name(), line.quantity()));
        return lines;
    }

    private static Carts carts(SimulatedNode node) {
        return CartRules.realCarts(new CartRules.Backing(node.store(), node));
    }

    private <T> T done(CompletableFuture<T> answer) {
        while (!answer.isDone() && cluster.simulation().step()) {
            // Until it is there
        }
        return answer.join();
    }

    private void pass(Duration duration) {
        cluster.simulation().runFor(duration);
    }
}
