package io.dynamocart.store.gossip;

/**
 * A running estimate of the 95th percentile of a peer's answer times: each slower answer pulls it up by 19 parts, each
 * faster one pulls it down by one part, so that it comes to rest where one in twenty is slower. Not thread-safe.
 */
final class UsualLatency {

    private static final double PERCENTILE = 0.95;
    private static final double STEP = 0.05;
    private static final double LEAST = 20_000;

    private double estimate;

    /** @param first what to assume, in nanoseconds, before any answer */
    UsualLatency(long first) {
        estimate = Math.max(LEAST, (double) first);
    }

    void observe(long nanos) {
        double step = Math.max(LEAST, estimate) * STEP;
        estimate += nanos > estimate ? step * PERCENTILE : -step * (1 - PERCENTILE);
        estimate = Math.max(LEAST, estimate);
    }

    long percentile95() {
        return (long) estimate;
    }
}
