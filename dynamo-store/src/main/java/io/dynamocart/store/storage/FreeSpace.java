package io.dynamocart.store.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the disk has room. LevelDB must never meet a full one: it does not look how many bytes a file took, and takes
 * a record that was cut off for one that was synced (iq80 0.12). Thread-safe.
 */
final class FreeSpace {

    private static final long LOOKED_AFTER = Duration.ofMillis(100).toNanos();
    private static final long MB = 1 << 20;
    private static final long UNKNOWN = -1;

    /** What is known of the disk since {@code at}, in nanoseconds. */
    private record Look(long at, long free) {}

    private final LongSupplier free;
    private final LongSupplier clock;
    private final long reserve;
    private volatile @Nullable Look last;

    /**
     * Watches a disk.
     *
     * @param free tells the bytes that are free, less than none where nobody knows; asked at most every 100 ms, or when it
     *     matters
     * @param clock in nanoseconds
     * @param reserve bytes that have to stay free
     */
    FreeSpace(LongSupplier free, LongSupplier clock, long reserve) {
        this.free = free;
        this.clock = clock;
        this.reserve = reserve;
    }

    /** The disk that a directory is on. */
    static FreeSpace of(Path directory, long reserve) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        return new FreeSpace(() -> freeBytes(disk), System::nanoTime, reserve);
    }

    /** Why nothing should be written at present, null if there is room. */
    @Nullable
    String shortage() {
        long now = clock.getAsLong();
        Look look = last;
        if (look == null || now - look.at >= LOOKED_AFTER) {
            look = new Look(now, free.getAsLong());
            last = look;
        }
        if (look.free >= reserve) {
            return null;
        }
        return look.free < 0
                ? "the disk does not tell what is free on it; look whether the data directory is still there"
                : ("the disk is full: %d MB are free, and dynamo.store.disk-reserve wants %d MB; "
                                + "free some space, and writes are taken again")
                        .formatted(look.free / MB, reserve / MB);
    }

    /** Whether so many bytes fit, at this moment and down to the last one. */
    boolean fits(long bytes) {
        return free.getAsLong() >= bytes;
    }

    private static long freeBytes(FileStore disk) {
        try {
            // Some file systems do not tell how large they are
            return disk.getTotalSpace() == 0 ? Long.MAX_VALUE : disk.getUsableSpace();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
