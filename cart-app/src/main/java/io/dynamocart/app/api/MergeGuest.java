package io.dynamocart.app.api;

import io.dynamocart.app.cart.Identifiers;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of a merge: whose cart to take in. */
record MergeGuest(
        @NotNull(message = "is missing") @Pattern(regexp = Identifiers.FORM, message = Identifiers.RULE)
        String sessionId) {}
