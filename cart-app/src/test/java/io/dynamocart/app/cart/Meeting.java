package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What two sides hold once they have met. */
record Meeting(CartState cart) {

    /** Lets them meet in either order, and again after the outcome was written back: it must be the same every time. */
    static Meeting of(Side one, Side other) {
        Side both = one.meeting(other);
        CartState cart = both.cart();
        List<CartVersion> repeated = new ArrayList<>(both.versions());
        repeated.addAll(both.versions());
        Side writtenBack = both.writingBack();

        assertThat(other.meeting(one).cart()).isEqualTo(cart);
        assertThat(new ObservedRemove().merge(repeated).state()).isEqualTo(cart);
        assertThat(writtenBack.meeting(one).meeting(other).cart()).isEqualTo(cart);
        assertThat(other.meeting(writtenBack).cart()).isEqualTo(cart);
        return new Meeting(cart);
    }

    /** Quantities by item. */
    Map<String, Long> lines() {
        return quantities(cart.lines());
    }

    /** Quantities by item of every order. */
    List<Map<String, Long>> orders() {
        return cart.orders().values().stream()
                .map(order -> quantities(order.lines()))
                .toList();
    }

    long price(String item) {
        return cart.line(new ItemId(item)).orElseThrow().unitPrice();
    }

    private static Map<String, Long> quantities(List<Line> lines) {
        Map<String, Long> quantities = new TreeMap<>();
        lines.forEach(line -> quantities.put(line.item().name(), line.quantity()));
        return quantities;
    }
}
