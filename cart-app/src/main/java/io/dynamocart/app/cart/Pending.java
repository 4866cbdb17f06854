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
 * @param alone whether it needs a read of its own, until that covers what its client has seen
 */
record Pending(
        Operation operation,
        Shown shown,
        @Nullable List<String> ifMatch,
        long since,
        boolean alone,
        CompletableFuture<CartSnapshot> answer) {

    static Pending of(Operation operation, Shown shown, @Nullable List<String> ifMatch, long since) {
        return new Pending(operation, shown, ifMatch, since, false, new CompletableFuture<>());
    }

    Pending byItself() {
        return new Pending(operation, shown, ifMatch, since, true, answer);
    }
}
