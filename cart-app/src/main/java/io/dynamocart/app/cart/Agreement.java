package io.dynamocart.app.cart;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Asks all replicas of a cart whether they agree on it, where something in it may be forgotten then. Thread-safe. */
final class Agreement {

    private final CartStore store;
    private final CartLimits limits;

    Agreement(CartStore store, CartLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** The cart as all replicas have it, or, if there is no point in asking them, as it was read first. */
    CompletableFuture<CartRead> sought(CartRead first) {
        Instant latest = first.found().latestClock();
        boolean stale = first.state().remembered().values().stream()
                .anyMatch(operation -> limits.isForgettable(operation, latest));
        return stale
                ? store.readEverywhere(first).exceptionally(_ -> first)
                : CompletableFuture.completedFuture(first);
    }
}
