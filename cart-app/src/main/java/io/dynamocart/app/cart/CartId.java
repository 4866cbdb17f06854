package io.dynamocart.app.cart;

import io.dynamocart.store.version.Key;

/** Whose cart it is: a customer, or the session of a guest. */
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
