package io.dynamocart.store.coordination;

import java.time.Duration;

/**
 * Gives background work (repair, handoff, transfers) the share of time that clients' requests can spare (paper §6.5):
 * while the 99th percentile of their latency over the last minute is above its limit, the share halves each round, down
 * to a sixteenth, so that repair never stops altogether; below it, the share grows by a quarter each round, up to all.
 * Not thread-safe.
 */
public final class AdmissionController {

    /** Time between two calls of {@link #endRound}. */
    public static final Duration ROUND = Duration.ofSeconds(1);

    private static final int ROUNDS = 60;
    private static final double LEAST = 1.0 / 16;
    private static final double SHRINK = 0.5;
    private static final double GROW = 1.25;

    /** Of fewer requests in a minute there is no 99th percentile, only an unlucky one. */
    private static final int ENOUGH = 100;

    private final long limit;
    private final LatencyWindow latencies = new LatencyWindow(ROUNDS);
    private double share = 1;

    /** @param limit of the 99th percentile, above zero */
    public AdmissionController(Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a limit of %s for the 99th percentile".formatted(limit));
        }
        this.limit = limit.toNanos();
    }

    /** A request of a client ended after so many nanoseconds. */
    public void onRequest(long nanos) {
        latencies.observe(nanos);
    }

    /** A round is over; returns the share for the next. */
    public double endRound() {
        boolean pressed = latencies.count() >= ENOUGH && latencies.percentile99() > limit;
        share = pressed ? Math.max(LEAST, share * SHRINK) : Math.min(1, share * GROW);
        latencies.endRound();
        return share;
    }

    /** Nanoseconds to rest after background work that took so many; 0 while it may have all the time. */
    public long restAfter(long nanos) {
        return (long) (Math.max(0, nanos) * (1 / share - 1));
    }

    /**
     * Nanoseconds from the end of a piece of background work that took so many to the beginning of the next: as many
     * again, so that clients have at least half of the time, and more where they need it.
     */
    public long pauseAfter(long nanos) {
        return Math.max(0, nanos) + restAfter(nanos);
    }

    /** How many pieces of background work may be under way at once where usually that many are; at least one. */
    public int atOnce(int usually) {
        return Math.max(1, (int) (usually * share));
    }
}
