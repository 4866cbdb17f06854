package io.dynamocart.app.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Waits for what the cart does. A request keeps its thread while it waits (docs/decisions/0021).
 *
 * <p>It waits without a limit of its own, since the cart has an end: the store ends every read and every write by its own
 * timeout, and one that it has lost a second later (docs/decisions/0022); an operation takes its turn within one such timeout or
 * is refused; and a turn is a few of them, one after the other. What throws in between ends the wait as well.
 */
final class Waiting {

    private Waiting() {}

    static <T> T forAnswer(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
