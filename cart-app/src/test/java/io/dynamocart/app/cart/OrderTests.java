package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final CartId CART = Side.CART;
    private static final OperationId FIRST = OperationId.of(CART, "first add");
    private static final OperationId SECOND = OperationId.of(CART, "second add");
    private static final OperationId CHECKOUT = OperationId.of(CART, "checkout");
    private static final OperationId OTHER_CHECKOUT = OperationId.of(CART, "other checkout");

    @Test
    void triesThatTookTheSameAreOneOrderWhereverAndWhenever() {
        Order here = order(CHECKOUT, FIRST, SECOND);
        Order there = Order.of(CART, CHECKOUT, List.of(), List.of(SECOND, FIRST), NOW.plusSeconds(9));

        assertThat(there.id()).isEqualTo(here.id());
        assertThat(cart(here, there).conflictingOrders()).isEmpty();
    }

    @Test
    void anotherCartAnotherKeyOrOtherThingsAreAnotherOrder() {
        assertThat(Stream.of(
                        order(CHECKOUT, FIRST),
                        order(CHECKOUT, SECOND),
                        order(OTHER_CHECKOUT, FIRST),
                        Order.of(new CartId("another"), CHECKOUT, List.of(), List.of(FIRST), NOW)))
                .extracting(Order::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void ordersThatTookOneThingTwiceAreInConflict() {
        assertThat(cart(order(CHECKOUT, FIRST, SECOND), order(OTHER_CHECKOUT, SECOND))
                        .conflictingOrders())
                .hasSize(2);
        assertThat(cart(order(CHECKOUT, FIRST), order(OTHER_CHECKOUT, SECOND)).conflictingOrders())
                .isEmpty();
    }

    @Test
    void triesOfOneCheckoutThatTookDifferentThingsAreInConflict() {
        assertThat(cart(order(CHECKOUT, FIRST), order(CHECKOUT, SECOND)).conflictingOrders())
                .hasSize(2);
    }

    @Test
    void aCartNamesTheOrdersInConflictAndNoOthers() {
        Order one = order(CHECKOUT, FIRST);
        Order other = order(OTHER_CHECKOUT, FIRST);
        Order alone = order(OperationId.of(CART, "third checkout"), SECOND);

        assertThat(cart(one, other, alone).conflictingOrders()).containsExactlyInAnyOrder(one.id(), other.id());
        assertThat(cart(one, alone).conflictingOrders()).isEmpty();
    }

    /** A cart may remember thousands, and is asked for its conflicts by every read: compared in pairs they take seconds. */
    @Test
    @Timeout(10)
    void manyOrdersAreComparedAtOnce() {
        Order[] many = IntStream.range(0, 50_000)
                .mapToObj(number ->
                        order(OperationId.of(CART, "checkout " + number), OperationId.of(CART, "add " + number / 2)))
                .toArray(Order[]::new);

        assertThat(cart(many).conflictingOrders()).hasSize(many.length);
    }

    @Test
    void aCheckoutThatMadeTwoOrdersShowsTheSameOneEverywhere() {
        Order one = order(CHECKOUT, FIRST);
        Order other = order(CHECKOUT, SECOND);

        assertThat(cart(one, other).orderOf(CHECKOUT))
                .isEqualTo(cart(other, one).orderOf(CHECKOUT))
                .isPresent();
        assertThat(cart(one, other).orderOf(OTHER_CHECKOUT)).isEmpty();
    }

    @Test
    void anOrderAddsUpItsLines() {
        List<Line> lines = List.of(new Line(new ItemId("apple"), 2, 150), new Line(new ItemId("pear"), 3, 100));
        Order order = Order.of(CART, CHECKOUT, lines, List.of(FIRST, SECOND), NOW);

        assertThat(order.totalQuantity()).isEqualTo(5);
        assertThat(order.subtotal()).isEqualTo(600);
    }

    private static Order order(OperationId checkout, OperationId... taken) {
        return Order.of(CART, checkout, List.of(), List.of(taken), NOW);
    }

    private static CartState cart(Order... orders) {
        TreeMap<String, Order> byId = new TreeMap<>();
        for (Order order : orders) {
            byId.put(order.id(), order);
        }
        return new CartState(new TreeMap<>(), new TreeMap<>(), byId, new TreeMap<>());
    }
}
