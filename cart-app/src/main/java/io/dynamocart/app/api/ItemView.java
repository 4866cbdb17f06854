package io.dynamocart.app.api;

import io.dynamocart.app.cart.Line;

/** A line of a cart, as clients see it. */
record ItemView(String itemId, long quantity, long unitPrice) {

    static ItemView of(Line line) {
        return new ItemView(line.item().name(), line.quantity(), line.unitPrice());
    }
}
