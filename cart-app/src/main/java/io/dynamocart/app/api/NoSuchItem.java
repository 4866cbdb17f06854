package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.ItemId;

/**
 * Thrown where the item that is asked for is not in the cart.
 */
final class NoSuchItem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchItem(CartId cart, ItemId item) {
        super("item %s is not in cart %s".formatted(item, cart), null, true, false);
    }
}
