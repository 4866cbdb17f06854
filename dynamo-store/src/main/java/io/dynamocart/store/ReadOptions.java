package io.dynamocart.store;

import io.dynamocart.store.version.Clock;
import java.time.Duration;

/**
 * The options of one read.
 *
 * @param n home replicas that take part; at most the store's own N
 * @param r replicas that must answer, 1 to n. Larger sees more recent writes and fails sooner; R + W &gt; N sees every
 *     acknowledged write while only home replicas answer
 * @param strict whether only home replicas count, not their stand-ins
 * @param timeout until when; more than zero
 * @param atLeast what the result must cover: the read goes on, to all replicas, until it does, and fails if it cannot
 * @param everyReplica whether to ask all nodes for what they hold, home replicas and possible keepers of hints, and be
 *     content with R only when the others do not answer
 * @param listener follows the request
 */
public record ReadOptions(
        int n, int r, boolean strict, Duration timeout, Clock atLeast, boolean everyReplica, CallListener listener) {

    public ReadOptions {
        Quorums.check("R", r, n, timeout);
    }

    /** Reads of {@code r} of {@code n} replicas, stand-ins included. */
    public static ReadOptions of(int n, int r, Duration timeout) {
        return new ReadOptions(n, r, false, timeout, Clock.empty(), false, CallListener.NONE);
    }

    public ReadOptions withR(int newR) {
        return new ReadOptions(n, newR, strict, timeout, atLeast, everyReplica, listener);
    }

    public ReadOptions withStrict(boolean newStrict) {
        return new ReadOptions(n, r, newStrict, timeout, atLeast, everyReplica, listener);
    }

    public ReadOptions withTimeout(Duration newTimeout) {
        return new ReadOptions(n, r, strict, newTimeout, atLeast, everyReplica, listener);
    }

    public ReadOptions withAtLeast(Clock newAtLeast) {
        return new ReadOptions(n, r, strict, timeout, newAtLeast, everyReplica, listener);
    }

    public ReadOptions withEveryReplica() {
        return new ReadOptions(n, r, strict, timeout, atLeast, true, listener);
    }

    public ReadOptions withListener(CallListener newListener) {
        return new ReadOptions(n, r, strict, timeout, atLeast, everyReplica, newListener);
    }
}
