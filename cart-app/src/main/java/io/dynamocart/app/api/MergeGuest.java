package io.dynamocart.app.api;

import io.dynamocart.app.cart.Identifiers;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of a merge: whose cart to take in. */
record MergeGuest(
        @NotNull(message = "is missing")
        @Pattern(regexp = Identifiers.FORM, message = Identifiers.RULE)
        @Schema(example = "guest:6f0c1d52b9e84a37a2d1c3e4f5061728")
        String sessionId) {}
