package io.dynamocart.app.cart;

import io.dynamocart.store.version.Key;

/**
 * The name of a cart: that of a customer, or of a guest's session.
 */
public record CartId(String name) {

    public CartId {
        Identifiers.check("customerId", name);
    }

    /** Where the cart is in the store. */
    public Key key() {
        return Key.of("cart/" + name);
    }

    @Override
    public String toString() {
        return name;
    }
}
