package io.dynamocart.app.cart;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks all replicas of a cart whether they agree on it, where something in it may be forgotten then. That is asked of
 * every node, and is urgent only for a cart that takes nothing else before it has forgotten something: of all others one
 * asks at a time, and after one that asked in vain, perhaps since a node is down, none does for a while. Thread-safe.
 */
final class Agreement {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private final CartStore store;
    private final CartLimits limits;
    private final Clocks clocks;
    private long notBefore;

    Agreement(CartStore store, CartLimits limits, Clocks clocks) {
        this.store = store;
        this.limits = limits;
        this.clocks = clocks;
        this.notBefore = clocks.nanos().getAsLong();
    }

    /** The cart as all replicas have it, or, if there is no point in asking them, as it was read first. */
    CompletableFuture<CartRead> sought(CartRead first) {
        CartUpdate update = new CartUpdate(first, limits, clocks.wall().instant());
        if (!update.couldForget() || !(limits.isFull(first.state()) || mayAsk())) {
            return CompletableFuture.completedFuture(first);
        }
        return store.readEverywhere(first).thenApply(this::note).exceptionally(_ -> first);
    }

    private synchronized boolean mayAsk() {
        long now = clocks.nanos().getAsLong();
        if (now - notBefore < 0) {
            return false;
        }
        notBefore = now + PAUSE.toNanos();
        return true;
    }

    private synchronized CartRead note(CartRead everywhere) {
        if (everywhere.found().unanimous()) {
            notBefore = clocks.nanos().getAsLong();
        }
        return everywhere;
    }
}
