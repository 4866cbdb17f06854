package io.dynamocart.store.replica;

/**
 * The limits on how many records a node has its disk look for.
 *
 * @param atOnce reads that the disk is given at one time, above 0: enough to keep it busy. It carries out what it was
 *     given, so with more than enough everybody waits behind reads that nobody waits for any more
 * @param waiting reads that wait for their turn, 0 or more; beyond that the one that waited longest is refused. Bounds
 *     memory, at some 500 bytes each
 */
public record ReadLimits(int atOnce, int waiting) {

    public ReadLimits {
        if (atOnce < 1 || waiting < 0) {
            throw new IllegalArgumentException("%d reads at once and %d waiting".formatted(atOnce, waiting));
        }
    }

    /**
     * For any disk: a slow one has done with 16 before anybody is late, for a good one 10,000 are half a second's work.
     */
    public static ReadLimits standard() {
        return new ReadLimits(16, 10_000);
    }
}
