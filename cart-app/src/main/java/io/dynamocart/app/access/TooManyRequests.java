package io.dynamocart.app.access;

import java.time.Duration;

/**
 * Thrown where a client calls more often than it may. Nothing of the request was looked at.
 */
public final class TooManyRequests extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyRequests(Duration wait) {
        super("this client sends more requests than it may; this one was not looked at", null, true, false);
        this.wait = wait;
    }

    /** Time after which one more would be let through, above zero. */
    public Duration await() {
        return wait;
    }
}
