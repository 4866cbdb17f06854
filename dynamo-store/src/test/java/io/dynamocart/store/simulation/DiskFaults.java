package io.dynamocart.store.simulation;

import java.time.Duration;

/**
 * How slow the disks are, and how much of a record a node has at hand without reading.
 *
 * @param sync most time of one synced batch, nanoseconds
 * @param read most time of one read
 * @param remembered records that a node recalls without reading
 * @param atOnce reads that it does at one time; the others wait for their turn
 */
public record DiskFaults(long sync, long read, int remembered, int atOnce) {

    static DiskFaults none() {
        return new DiskFaults(2_000_000, 200_000, 64, Integer.MAX_VALUE);
    }

    /** A disk that reads one after the other and has nothing at hand, so that it can be asked for too much. */
    static DiskFaults oneReader(Duration read) {
        return new DiskFaults(2_000_000, read.toNanos(), 0, 1);
    }

    static DiskFaults draw(SeededRandom random) {
        return new DiskFaults(
                random.between(100_000, 40_000_000),
                random.between(10_000, 20_000_000),
                random.nextInt(12),
                Integer.MAX_VALUE);
    }

    /** The same disk when it is in trouble. */
    DiskFaults slower() {
        return new DiskFaults(2_000_000_000, 500_000_000, remembered, atOnce);
    }
}
