package io.dynamocart.store;

import java.time.Duration;

/**
 * The options of one write.
 *
 * @param n home replicas that take part; at most the store's own N
 * @param w nodes that must acknowledge it, 1 to n: once it is on disk, or in memory where they have an object buffer
 *     (paper §6.1). Larger survives more losses and is refused sooner
 * @param strict whether only home replicas count, not their stand-ins
 * @param timeout until when; more than zero
 * @param repeatable whether the application recognises one write that became two versions. Then a coordinator that does
 *     not answer is replaced by another; else the outcome is reported as unknown
 * @param listener follows the request, as far as this node makes the calls
 */
public record WriteOptions(int n, int w, boolean strict, Duration timeout, boolean repeatable, CallListener listener) {

    public WriteOptions {
        Quorums.check("W", w, n, timeout);
    }

    /** Writes to {@code w} of {@code n} replicas, stand-ins included. */
    public static WriteOptions of(int n, int w, Duration timeout) {
        return new WriteOptions(n, w, false, timeout, false, CallListener.NONE);
    }

    public WriteOptions withW(int newW) {
        return new WriteOptions(n, newW, strict, timeout, repeatable, listener);
    }

    public WriteOptions withStrict(boolean newStrict) {
        return new WriteOptions(n, w, newStrict, timeout, repeatable, listener);
    }

    public WriteOptions withTimeout(Duration newTimeout) {
        return new WriteOptions(n, w, strict, newTimeout, repeatable, listener);
    }

    public WriteOptions withRepeatable(boolean newRepeatable) {
        return new WriteOptions(n, w, strict, timeout, newRepeatable, listener);
    }

    public WriteOptions withListener(CallListener newListener) {
        return new WriteOptions(n, w, strict, timeout, repeatable, newListener);
    }
}
