package io.dynamocart.app.api;

import io.dynamocart.app.cart.Identifiers;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The body of an add.
 *
 * @param quantity how many more
 * @param unitPrice in minor units of the currency
 */
record AddItem(
        @NotNull(message = "is missing")
        @Pattern(regexp = Identifiers.FORM, message = Identifiers.RULE)
        @Schema(example = "socks")
        String itemId,

        @NotNull(message = "is missing") @Min(value = 1, message = "must be at least 1") @Schema(example = "2")
        Integer quantity,

        @NotNull(message = "is missing")
        @Min(value = 0, message = "must not be negative")
        @Max(value = MAX_PRICE, message = "must be at most " + MAX_PRICE)
        @Schema(example = "450")
        Long unitPrice) {

    /** So that no total of a cart leaves the range of exact integers in JavaScript. */
    static final long MAX_PRICE = 1_000_000_000;
}
