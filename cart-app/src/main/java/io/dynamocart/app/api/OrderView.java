package io.dynamocart.app.api;

import io.dynamocart.app.cart.Order;
import java.util.List;

/** An order, as clients see it. */
record OrderView(String orderId, List<ItemView> items, Totals totals) {

    /**
     * What it comes to.
     *
     * @param subtotal in minor units of the currency
     */
    record Totals(long totalQuantity, long subtotal) {}

    static OrderView of(Order order) {
        return new OrderView(
                order.id(),
                order.lines().stream().map(ItemView::of).toList(),
                new Totals(order.totalQuantity(), order.subtotal()));
    }
}
