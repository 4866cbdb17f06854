package io.dynamocart.app.api;

import io.dynamocart.app.cart.Line;
import io.swagger.v3.oas.annotations.media.Schema;

/** A line of a cart, as clients see it. */
record ItemView(
        @Schema(example = "socks") String itemId,
        @Schema(example = "2") long quantity,
        @Schema(example = "450") long unitPrice) {

    static ItemView of(Line line) {
        return new ItemView(line.item().name(), line.quantity(), line.unitPrice());
    }
}
