package io.dynamocart.store.simulation;

/**
 * How slow the disks are, and how much of a record a node has at hand without reading.
 *
 * @param sync most time of one synced batch, nanoseconds
 * @param read most time of one read
 * @param remembered records that a node recalls without reading
 */
public record DiskFaults(long sync, long read, int remembered) {

    static DiskFaults none() {
        return new DiskFaults(2_000_000, 200_000, 64);
    }

    static DiskFaults draw(SeededRandom random) {
        return new DiskFaults(
                random.between(100_000, 40_000_000), random.between(10_000, 20_000_000), random.nextInt(12));
    }

    /** The same disk when it is in trouble. */
    DiskFaults slower() {
        return new DiskFaults(2_000_000_000, 500_000_000, remembered);
    }
}
