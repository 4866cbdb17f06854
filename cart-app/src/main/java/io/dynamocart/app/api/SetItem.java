package io.dynamocart.app.api;

import io.dynamocart.app.cart.Identifiers;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a set.
 *
 * @param quantity how many from now on; 0 takes the item out
 * @param unitPrice in minor units of the currency; may be missing where the item is taken out
 */
record SetItem(
        @NotNull(message = "is missing")
        @Pattern(regexp = Identifiers.FORM, message = Identifiers.RULE)
        @Schema(example = "socks")
        String itemId,

        @NotNull(message = "is missing") @Min(value = 0, message = "must not be negative") @Schema(example = "2")
        Integer quantity,

        @Nullable
        @Min(value = 0, message = "must not be negative")
        @Max(value = AddItem.MAX_PRICE, message = "must be at most " + AddItem.MAX_PRICE)
        @Schema(example = "450")
        Long unitPrice) {

    @AssertTrue(message = "is missing")
    boolean isUnitPrice() {
        // Bean Validation also looks at records whose quantity is missing
        Object given = quantity;
        return unitPrice != null || given == null || quantity == 0;
    }

    /** The price, which is there unless the quantity is 0. */
    long priceOfItem() {
        if (unitPrice == null) {
            throw new IllegalStateException("not validated");
        }
        return unitPrice;
    }
}
