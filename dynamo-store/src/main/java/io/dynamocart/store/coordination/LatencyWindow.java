package io.dynamocart.store.coordination;

import java.util.Arrays;

/**
 * The latencies of requests over the last so many rounds, from a microsecond to half a minute. A bucket is a quarter of
 * a doubling, told by the first three bits: only of whole numbers is the same simulation the same on every platform.
 * Not thread-safe.
 */
final class LatencyWindow {

    private static final int PER_DOUBLING = 4;
    private static final int BUCKETS = 25 * PER_DOUBLING;

    /** Everything below 2^10 nanoseconds is in the first bucket. */
    private static final int FIRST_DOUBLING = 10;

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
        return count == 0 ? 0 : leastOf(bucket);
    }

    private static int bucketOf(long nanos) {
        long length = Math.max(nanos, 1L << FIRST_DOUBLING);
        int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(length);
        int quarter = (int) (length >> (doubling - 2)) - PER_DOUBLING;
        return Math.min(BUCKETS - 1, (doubling - FIRST_DOUBLING) * PER_DOUBLING + quarter);
    }

    /** The least nanoseconds in a bucket. */
    private static long leastOf(int bucket) {
        long firstBits = (long) PER_DOUBLING + bucket % PER_DOUBLING;
        return firstBits << (bucket / PER_DOUBLING + FIRST_DOUBLING - 2);
    }
}
