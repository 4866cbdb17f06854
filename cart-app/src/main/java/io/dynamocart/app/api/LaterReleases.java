package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartProblem;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators that carts are asked for here which a later release wrote: once a minute at most, since each request
 * for one of them meets it, and not whose they are, since whoever reads a guest's id has the cart. Thread-safe.
 */
final class LaterReleases {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(LaterReleases.class);

    private final LongSupplier nanos;
    private long notBefore;

    /** @param nanos a clock that never goes back */
    LaterReleases(LongSupplier nanos) {
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    void onMet(CartProblem.OfLaterRelease problem) {
        if (mayTell()) {
            log.warn(
                    "A later release has written carts, in format {}; this instance reads {}, and answers 503 for them",
                    problem.found(),
                    problem.known());
        }
    }

    private synchronized boolean mayTell() {
        long now = nanos.getAsLong();
        if (now - notBefore < 0) {
            return false;
        }
        notBefore = now + PAUSE.toNanos();
        return true;
    }
}
