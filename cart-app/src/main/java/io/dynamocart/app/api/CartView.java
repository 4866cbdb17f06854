package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartSnapshot;
import io.dynamocart.app.cart.CartState;
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
        return new CartView(
                cart.name(),
                state.lines().stream().map(ItemView::of).toList(),
                state.totalQuantity(),
                state.subtotal(),
                state.conflictingOrders());
    }
}
