package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartProblem;
import io.dynamocart.app.cart.Throttle;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns in the log that carts which a later release wrote are asked for at this instance. It does so once a minute at most,
 * since each request for one of them meets it, and does not name the carts, since whoever reads a guest's id has the cart.
 * Thread-safe.
 */
final class LaterReleases {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(LaterReleases.class);

    private final Throttle throttle;

    /** @param nanos a clock that never goes back */
    LaterReleases(LongSupplier nanos) {
        this.throttle = new Throttle(PAUSE, nanos);
    }

    void onMet(CartProblem.OfLaterRelease problem) {
        if (throttle.pass()) {
            log.warn(
                    "A later release has written carts, in format {}; this instance reads {}, and answers 503 for them",
                    problem.found(),
                    problem.known());
        }
    }
}
