package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Where two versions have different things under one name, every node takes the same (docs/invariants.md D32). */
class UnionTests {

    private static final CBORMapper CBOR = new CBORMapper();
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final OperationId CHECKOUT = OperationId.of(Side.CART, "checkout");
    private static final OperationId ADD = OperationId.of(Side.CART, "add");

    @Test
    void oneOrderWithTwoPricesIsTheOneThatWasMadeFirst() {
        Order first = order(300, NOW);
        Order later = order(200, NOW.plusSeconds(1));

        assertThat(ordersOf(holding(first), holding(later))).containsExactly(first);
        assertThat(ordersOf(holding(later), holding(first))).containsExactly(first);
    }

    @Test
    void oneOrderWithTwoPricesOfOneTimeIsTheSameInWhateverOrderTheVersionsCome() {
        CartState one = holding(order(300, NOW));
        CartState other = holding(order(200, NOW));

        assertThat(ordersOf(one, other)).isEqualTo(ordersOf(other, one)).hasSize(1);
    }

    @Test
    void bytesOfALaterReleaseAreTheSameInWhateverOrderTheVersionsCome() {
        for (byte i = 0; i < 20; i++) {
            byte[] some = {i, 1};
            byte[] others = {i, 2};

            assertThat(fieldOf(later("seal", some), later("seal", others))).isEqualTo(some);
            assertThat(fieldOf(later("seal", others), later("seal", some))).isEqualTo(some);
        }
    }

    @Test
    void aFieldThatALaterReleaseLeftEmptyDoesNotStopAMerge() {
        assertThat(union(later("seal", null), later("seal", null)).unknown()).isEmpty();
        assertThat(fieldOf(later("seal", null), later("seal", "s"))).isEqualTo("s");
    }

    private static List<Order> ordersOf(CartState... states) {
        return List.copyOf(union(states).orders().values());
    }

    private static @Nullable Object fieldOf(CartState... states) {
        return union(states).unknown().get("seal");
    }

    private static Union union(CartState... states) {
        return new Union(IntStream.range(0, states.length)
                .mapToObj(i -> new CartVersion(new Dot(new Actor("node", i), 1), Clock.empty(), NOW, states[i]))
                .toList());
    }

    private static Order order(long price, Instant at) {
        return Order.of(Side.CART, CHECKOUT, List.of(new Line(new ItemId("apple"), 5, price)), List.of(ADD), at);
    }

    private static CartState holding(Order order) {
        return new CartState(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Map.of(order.id(), order)), new TreeMap<>());
    }

    private static CartState later(String field, @Nullable Object content) {
        Map<String, @Nullable Object> stored = new HashMap<>();
        stored.put("v", StoredCart.FORMAT);
        stored.put(field, content);
        return CartCodec.decode(Side.CART, Value.of(CBOR.writeValueAsBytes(stored)), new Dot(new Actor("node", 9), 1));
    }
}
