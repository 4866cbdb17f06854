package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartSnapshot;
import io.dynamocart.app.cart.CartState;
import io.dynamocart.app.cart.Line;
import java.util.List;

/**
 * A cart, as clients see it.
 *
 * @param subtotal in minor units of the currency
 * @param conflictingOrders ids of orders that took the same entries on two sides of a partition
 */
record CartView(
        String customerId, List<ItemView> items, long totalQuantity, long subtotal, List<String> conflictingOrders) {

    static CartView of(CartSnapshot cart) {
        return of(cart.cart(), cart.state());
    }

    static CartView of(CartId cart, CartState state) {
        List<Line> lines = state.lines();
        return new CartView(
                cart.name(),
                lines.stream().map(ItemView::of).toList(),
                lines.stream().mapToLong(Line::quantity).sum(),
                lines.stream().mapToLong(Line::total).sum(),
                state.conflictingOrders());
    }
}
