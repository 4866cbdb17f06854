package io.dynamocart.app.cart;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks all replicas of a cart whether they agree on it, where the cart could then forget something. Asking goes to every node,
 * and is urgent only for a cart that is full until it forgets. For all other carts one question is under way at a time; and
 * after one in vain, perhaps since a node is down, none is asked for a while. Thread-safe.
 */
final class Agreement {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private final CartStore store;
    private final CartLimits limits;
    private final Clocks clocks;
    private final Throttle throttle;

    Agreement(CartStore store, CartLimits limits, Clocks clocks) {
        this.store = store;
        this.limits = limits;
        this.clocks = clocks;
        this.throttle = new Throttle(PAUSE, clocks.nanos());
    }

    /** The cart as all replicas have it, or, if there is no point in asking them, as it was read first. */
    CompletableFuture<CartRead> sought(CartRead first) {
        CartUpdate update = new CartUpdate(first, limits, clocks.wall().instant());
        if (!update.couldForget() || !(limits.isFull(first.state()) || throttle.pass())) {
            return CompletableFuture.completedFuture(first);
        }
        return store.readEverywhere(first).thenApply(this::note).exceptionally(_ -> first);
    }

    private CartRead note(CartRead everywhere) {
        if (everywhere.found().unanimous()) {
            throttle.reset();
        }
        return everywhere;
    }
}
