package io.dynamocart.app.cart;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets something happen at most once in a while. Thread-safe. */
public final class Throttle {

    private final Duration pause;
    private final LongSupplier nanos;
    private long notBefore;

    /**
     * The first time is at once.
     *
     * @param pause between two times
     * @param nanos a clock that never goes back
     */
    public Throttle(Duration pause, LongSupplier nanos) {
        this.pause = pause;
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    /** Whether it may happen now; if so, it counts as having happened. */
    public synchronized boolean pass() {
        long now = nanos.getAsLong();
        if (now - notBefore < 0) {
            return false;
        }
        notBefore = now + pause.toNanos();
        return true;
    }

    /** Lets it happen again at once. */
    public synchronized void reset() {
        notBefore = nanos.getAsLong();
    }
}
