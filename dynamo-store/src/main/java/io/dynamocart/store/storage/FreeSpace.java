package io.dynamocart.store.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the disk has room. LevelDB must never meet a full one: it does not look how many bytes a file took, and
 * takes a record that was cut off for one that was synced (iq80 0.12). Thread-safe.
 */
final class FreeSpace {

    private static final long LOOKED_AFTER = Duration.ofMillis(100).toNanos();

    /**
     * A look takes microseconds, but at a disk that stands still, as one behind a network may, there is no end to it.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A node looks once a second at least. */
    private static final Duration UNUSED = Duration.ofSeconds(2);

    private static final long MB = 1 << 20;
    private static final long UNKNOWN = -1;

    /**
     * One look at the disk, and what is known by it.
     *
     * @param at when the last look was begun, in nanoseconds
     * @param over whether it has ended
     * @param free bytes, as far as it is known
     */
    private record Look(long at, boolean over, long free) {}

    private final LongSupplier free;
    private final LongSupplier clock;
    private final long reserve;
    private final Executor aside;
    private final AtomicReference<Look> last;

    /**
     * Watches a disk, which is asked here and now for the first time.
     *
     * @param free tells the bytes that are free, less than none where nobody knows; asked at most every 100 ms, or when
     *     it matters. May block
     * @param clock in nanoseconds
     * @param reserve bytes that have to stay free
     * @param aside looks, so that who wants to know does not wait for the disk
     */
    FreeSpace(LongSupplier free, LongSupplier clock, long reserve, Executor aside) {
        this.free = free;
        this.clock = clock;
        this.reserve = reserve;
        this.aside = aside;
        this.last = new AtomicReference<>(new Look(clock.getAsLong(), true, free.getAsLong()));
    }

    /**
     * The disk that a directory is on. Blocks.
     *
     * @param name of the node, for the thread that looks
     */
    static FreeSpace of(Path directory, String name, long reserve) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        return new FreeSpace(() -> freeBytes(disk), System::nanoTime, reserve, aside(name));
    }

    /** A thread that ends by itself when it is not used any more, and keeps no process running where it waits. */
    static Executor aside(String name) {
        ThreadPoolExecutor aside = new ThreadPoolExecutor(
                1,
                1,
                UNUSED.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-space").daemon().factory());
        aside.allowCoreThreadTimeOut(true);
        return aside;
    }

    /** Why nothing should be written at present, null if there is room. Never waits for the disk. */
    @Nullable
    String shortage() {
        long now = clock.getAsLong();
        lookAgain(now);
        Look look = last.get();
        if (!look.over && now - look.at >= PATIENCE.toNanos()) {
            return "the disk has not told for %d s what is free on it, and so stands still; writes are taken again when it goes on"
                    .formatted(PATIENCE.toSeconds());
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

    /** Whether so many bytes fit, at this moment and down to the last one. Blocks. */
    boolean fits(long bytes) {
        return free.getAsLong() >= bytes;
    }

    /** Whether so many bytes fit after they did not, and no less than the reserve is free again. Blocks. */
    boolean fitsAgain(long bytes) {
        return fits(Math.max(bytes, reserve));
    }

    private void lookAgain(long now) {
        Look before = last.get();
        if (!before.over || now - before.at < LOOKED_AFTER) {
            return;
        }
        Look begun = new Look(now, false, before.free);
        if (last.compareAndSet(before, begun)) {
            try {
                aside.execute(() -> end(begun));
            } catch (RuntimeException | Error e) {
                last.set(before);
                throw e;
            }
        }
    }

    private void end(Look begun) {
        long found = UNKNOWN;
        try {
            found = free.getAsLong();
        } finally {
            last.set(new Look(begun.at, true, found));
        }
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
