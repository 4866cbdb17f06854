package io.dynamocart.app.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what the cart does. A request keeps its thread while it waits (docs/decisions/0021). */
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
