package io.dynamocart.store.coordination;

import java.util.Arrays;

/**
 * How long requests took, over the last so many rounds, in buckets each a fifth wider than the one before: from a
 * microsecond to half a minute. Not thread-safe.
 */
final class LatencyWindow {

    private static final int PER_DOUBLING = 4;
    private static final int BUCKETS = 25 * PER_DOUBLING;

    private final int[][] rounds;
    private final int[] sums = new int[BUCKETS];
    private int current;
    private int count;

    /** @param rounds that it looks back, the present one among them */
    LatencyWindow(int rounds) {
        this.rounds = new int[rounds][BUCKETS];
    }

    void observe(long nanos) {
        int bucket = bucketOf(nanos);
        rounds[current][bucket]++;
        sums[bucket]++;
        count++;
    }

    /** Begins another round, and forgets the oldest. */
    void endRound() {
        current = (current + 1) % rounds.length;
        int[] oldest = rounds[current];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sums[bucket] -= oldest[bucket];
            count -= oldest[bucket];
        }
        Arrays.fill(oldest, 0);
    }

    int count() {
        return count;
    }

    /** Nanoseconds that 99 of 100 requests did not exceed, to within a fifth; 0 if there were none. */
    long percentile99() {
        int above = count / 100;
        int bucket = BUCKETS - 1;
        while (bucket > 0 && above >= sums[bucket]) {
            above -= sums[bucket];
            bucket--;
        }
        return count == 0 ? 0 : (long) (1_000 * Math.pow(2, (double) bucket / PER_DOUBLING));
    }

    private static int bucketOf(long nanos) {
        double doublings = Math.log(Math.max(1, nanos / 1e3)) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) (doublings * PER_DOUBLING));
    }
}
