package io.dynamocart.store.node;

import java.util.concurrent.CompletableFuture;

/** Runs something where a stack that grows with the number of keys is too deep after a few hundred of them. */
final class SmallStack {

    private static final int BYTES = 256 << 10;

    private SmallStack() {}

    /** Waits for it, and throws what it throws. */
    static void run(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        action.run();
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                },
                "small-stack",
                BYTES);
        thread.start();
        done.join();
    }
}
