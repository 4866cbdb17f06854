package io.dynamocart.store.storage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Room on the disk for what is written next. Between two looks a disk may be filled, and then who writes waits here
 * until there is some: nothing has been touched, so nothing has failed. Thread-safe.
 */
final class Room {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final FreeSpace space;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String lack;

    Room(FreeSpace space) {
        this.space = space;
    }

    /** Why nothing more should be asked to be written at present, null if there is room. Never waits for the disk. */
    @Nullable
    String shortage() {
        String shortage = space.shortage();
        return shortage == null ? lack : shortage;
    }

    /**
     * Waits until so many bytes fit; if they did not at first, until the reserve is free again as well. Blocks.
     *
     * @return false if this was closed before
     */
    boolean await(long bytes) throws InterruptedException {
        if (space.fits(bytes)) {
            return true;
        }
        lack =
                ("the disk is full: %d bytes that are to be written do not fit, or not beside dynamo.store.disk-reserve; "
                                + "free some space, and writes are taken again")
                        .formatted(bytes);
        while (!space.fitsAgain(bytes)) {
            if (closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        lack = null;
        return true;
    }

    /** Lets nobody wait any more. */
    void close() {
        closing.countDown();
    }
}
