package io.dynamocart.store.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The front of a copy: how far it has come, and what lay ahead of it and was saved just before it was written. Nobody
 * who writes waits here for more than one read of the database: what is saved waits for the thread that copies.
 * Thread-safe.
 */
final class CopyFront {

    /** Beyond that the copy is given up, at some 100 MB. */
    static final int MAX_WRITTEN = 500_000;

    /** More than that does not wait for the disk that is copied to. */
    static final long MAX_SAVED_BYTES = 32 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What was saved ahead, because it was written since. */
    private final NavigableSet<byte[]> written = new TreeSet<>(Arrays::compareUnsigned);

    private List<Map.Entry<byte[], byte[]>> saved = new ArrayList<>();
    private long savedBytes;

    /** Everything up to here has been read. */
    private byte[] position = {};

    private volatile boolean over;

    /**
     * A location is about to be written, for the first time since the moment or again.
     *
     * @param database tells what is there still, null for nothing
     * @throws IOException if that is too much to be kept
     */
    void beforeWrite(byte[] location, UnaryOperator<byte @Nullable []> database) throws IOException {
        lock.lock();
        try {
            boolean ahead = Arrays.compareUnsigned(location, position) > 0;
            if (over || !ahead || !written.add(location)) {
                return;
            }
            if (written.size() > MAX_WRITTEN) {
                throw new IOException("more than %d records were written meanwhile".formatted(MAX_WRITTEN));
            }
            byte[] value = database.apply(location);
            if (value != null) {
                save(Map.entry(location, value));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void save(Map.Entry<byte[], byte[]> entry) throws IOException {
        saved.add(entry);
        savedBytes += sizeOf(entry);
        if (savedBytes > MAX_SAVED_BYTES) {
            throw new IOException(
                    "the disk of the backup does not keep up: %d MB wait for it".formatted(MAX_SAVED_BYTES >> 20));
        }
        changed.signal();
    }

    /** Where the next page begins. Only who copies moves it. */
    byte[] position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Moves on behind a page, and returns what of it is to be copied, and what was saved so far. */
    List<Map.Entry<byte[], byte[]>> pass(List<Map.Entry<byte[], byte[]>> page) {
        lock.lock();
        try {
            List<Map.Entry<byte[], byte[]>> taken = takeSaved();
            // What is in the page of a location that was written may be from before or after the moment
            page.stream().filter(entry -> !written.contains(entry.getKey())).forEach(taken::add);
            if (!page.isEmpty()) {
                position = page.getLast().getKey();
                written.headSet(position, true).clear();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is saved, or the copy is over, or the time has passed; returns what is saved. */
    List<Map.Entry<byte[], byte[]>> await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && saved.isEmpty() && !over; ) {
                left = changed.awaitNanos(left);
            }
            return takeSaved();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is saved from now on. Whether that was so before. */
    boolean end() {
        lock.lock();
        try {
            boolean before = over;
            over = true;
            written.clear();
            takeSaved();
            changed.signal();
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for nobody. */
    boolean isOver() {
        return over;
    }

    /** Under the lock. */
    private List<Map.Entry<byte[], byte[]>> takeSaved() {
        List<Map.Entry<byte[], byte[]>> taken = saved;
        saved = new ArrayList<>();
        savedBytes = 0;
        return taken;
    }

    static long sizeOf(Map.Entry<byte[], byte[]> entry) {
        return (long) entry.getKey().length + entry.getValue().length;
    }
}
