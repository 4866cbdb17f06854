package io.dynamocart.store.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.jspecify.annotations.Nullable;

/**
 * Copies a database out as it is at one moment, while writes go on. A thread reads it page by page; and what a write is
 * about to change or remove that the reader has not come to is copied just before, so that the reader can pass it over.
 * A page is read anew each time: a snapshot of LevelDB's own loses data (iq80 0.12).
 *
 * <p>Memory: a page, and the locations ahead of the reader that have been written since the moment.
 */
final class FrozenCopy {

    private static final long MOST_PAGE_BYTES = 1 << 20;
    private static final long LEAST_PAGE_BYTES = 1 << 12;

    /** So many pages are read in a second at most, so that a slow copy is an even load as well. */
    private static final long PAGES_PER_SECOND = 32;

    /** Beyond that the copy is given up, at some 100 MB. */
    static final int MOST_WRITTEN = 500_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final DB db;
    private final CopySink sink;
    private final long bytesPerSecond;
    private final long pageBytes;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();

    /** What was copied ahead of the reader, because it was written since. */
    private final NavigableSet<byte[]> written = new TreeSet<>(Arrays::compareUnsigned);

    /** Everything up to here is copied. */
    private byte[] position = {};

    private long damaged;
    private boolean over;
    private volatile boolean stopped;
    private @Nullable Thread reader;

    /** @param bytesPerSecond how fast it reads at most */
    FrozenCopy(DB db, CopySink sink, long bytesPerSecond, String name) {
        this.db = db;
        this.sink = sink;
        this.bytesPerSecond = bytesPerSecond;
        this.pageBytes = Math.clamp(bytesPerSecond / PAGES_PER_SECOND, LEAST_PAGE_BYTES, MOST_PAGE_BYTES);
        this.name = name;
    }

    /** This is the moment. Called by who writes. */
    void begin() {
        lock.lock();
        try {
            if (over) {
                return;
            }
            try {
                reader = Thread.ofPlatform().name(name + "-copier").start(this::copyAll);
            } catch (Error e) {
                abandon(e.toString());
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A location is about to be written, for the first time since the moment or again. Called by who writes. */
    void beforeWrite(byte[] location) {
        lock.lock();
        try {
            boolean ahead = Arrays.compareUnsigned(location, position) > 0;
            if (over || !ahead || !written.add(location)) {
                return;
            }
            if (written.size() > MOST_WRITTEN) {
                throw new IOException("more than %d records were written meanwhile".formatted(MOST_WRITTEN));
            }
            byte[] value = db.get(location);
            if (value != null) {
                give(location, value);
            }
        } catch (IOException | RuntimeException e) {
            abandon(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has ended, well or not. */
    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Gives it up, if it goes on, and waits for its thread. Blocks. */
    void close() {
        Thread running;
        lock.lock();
        try {
            abandon("the node was stopped");
            running = reader;
        } finally {
            lock.unlock();
        }
        // Only now, or the reader takes it for the end
        stopped = true;
        if (running != null) {
            LockSupport.unpark(running);
            Threads.joinUninterruptibly(running);
        }
    }

    private void copyAll() {
        try {
            boolean last = false;
            // Who writes may have given it up meanwhile
            while (!last && !stopped && !isOver()) {
                long begunAt = System.nanoTime();
                List<Map.Entry<byte[], byte[]>> page = read();
                last = page.isEmpty();
                take(page);
                sink.settle();
                rest(begunAt, page);
            }
            end();
        } catch (IOException | RuntimeException | Error e) {
            lock.lock();
            try {
                abandon(String.valueOf(e.getMessage()));
            } finally {
                lock.unlock();
            }
        }
    }

    /** What comes behind the position, as it is now. Only the reader moves the position. */
    private List<Map.Entry<byte[], byte[]>> read() throws IOException {
        List<Map.Entry<byte[], byte[]>> page = new ArrayList<>();
        long bytes = 0;
        try (DBIterator iterator = db.iterator()) {
            iterator.seek(position);
            while (iterator.hasNext() && bytes < pageBytes) {
                Map.Entry<byte[], byte[]> entry = iterator.next();
                if (!Arrays.equals(entry.getKey(), position)) {
                    page.add(entry);
                    bytes += sizeOf(entry);
                }
            }
        }
        return page;
    }

    private void take(List<Map.Entry<byte[], byte[]>> page) throws IOException {
        lock.lock();
        try {
            for (Map.Entry<byte[], byte[]> entry : page) {
                // What is in the page of a location that was written may be from before or after the moment
                if (!over && !written.contains(entry.getKey())) {
                    give(entry.getKey(), entry.getValue());
                }
            }
            if (!page.isEmpty()) {
                position = page.getLast().getKey();
                written.headSet(position, true).clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void give(byte[] location, byte[] value) throws IOException {
        if (Location.isSound(location, value)) {
            sink.take(location, value);
        } else {
            damaged++;
        }
    }

    private void end() {
        lock.lock();
        try {
            if (over) {
                return;
            }
            // Writers need not wait for what follows: all that was there is given
            over = true;
            written.clear();
        } finally {
            lock.unlock();
        }
        try {
            sink.complete(damaged);
        } catch (IOException | RuntimeException | Error e) {
            sink.abandon(String.valueOf(e.getMessage()));
        }
    }

    /** Under the lock. */
    private void abandon(String why) {
        if (!over) {
            over = true;
            written.clear();
            sink.abandon(why);
        }
    }

    private void rest(long begunAt, List<Map.Entry<byte[], byte[]>> page) {
        long bytes = page.stream().mapToLong(FrozenCopy::sizeOf).sum();
        long until = begunAt + bytes * NANOS_PER_SECOND / bytesPerSecond;
        for (long left = until - System.nanoTime(); left > 0 && !stopped; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private static long sizeOf(Map.Entry<byte[], byte[]> entry) {
        return (long) entry.getKey().length + entry.getValue().length;
    }
}
