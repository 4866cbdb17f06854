package io.dynamocart.app.cart;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An operation that waits for its cart.
 *
 * @param shown what of the cart its client will be shown
 * @param ifMatch tags of which the cart must have one, null if any will do
 * @param since by the clock that does not jump: a step of the other would turn away all who wait
 */
record Pending(
        Operation operation,
        Shown shown,
        @Nullable List<String> ifMatch,
        long since,
        CompletableFuture<CartSnapshot> answer) {}
