package io.dynamocart.store.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a database out as it is at one moment, while writes go on. A thread reads it page by page; and what a write is
 * about to change or remove that the reader has not come to is saved for it just before, so that it can pass that over.
 * A page is read anew each time: a snapshot of LevelDB's own loses data (iq80 0.12).
 *
 * <p>Only that thread gives anything to the sink, whose disk may stand still: nobody else waits for it, but for a while
 * who closes.
 *
 * <p>Memory: a page, and the locations ahead of the reader that have been written since the moment; and what was saved
 * of these while the sink took something.
 */
final class FrozenCopy {

    private static final Logger log = LoggerFactory.getLogger(FrozenCopy.class);

    private static final long MAX_PAGE_BYTES = 1 << 20;
    private static final long LEAST_PAGE_BYTES = 1 << 12;

    /** So many pages are read in a second at most, so that a slow copy is an even load as well. */
    private static final long PAGES_PER_SECOND = 32;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Enough for a page that is under way to a disk that works. */
    private static final Duration LAST_PAGE = Duration.ofSeconds(2);

    private final DB db;
    private final CopyTarget target;
    private final long bytesPerSecond;
    private final long pageBytes;
    private final Thread reader;
    private final CopyFront front = new CopyFront();
    private long damaged;

    /** @param bytesPerSecond how fast it reads at most */
    FrozenCopy(DB db, CopyTarget target, long bytesPerSecond, String name) {
        this.db = db;
        this.target = target;
        this.bytesPerSecond = bytesPerSecond;
        this.pageBytes = Math.clamp(bytesPerSecond / PAGES_PER_SECOND, LEAST_PAGE_BYTES, MAX_PAGE_BYTES);
        // A process must be able to end while the sink's disk stands still
        this.reader = Thread.ofPlatform().name(name + "-copier").daemon().unstarted(this::copyAll);
    }

    /** Begins the copy: this is the moment that it shows. Called by the thread that writes. */
    void begin() {
        if (front.isOver()) {
            return;
        }
        try {
            reader.start();
        } catch (Error e) {
            abandon(e);
            throw e;
        }
    }

    /** A location is about to be written, for the first time since the moment or again. Called by who writes. */
    void beforeWrite(byte[] location) {
        try {
            front.beforeWrite(location, db::get);
        } catch (IOException | RuntimeException e) {
            abandon(e);
        }
    }

    /** Whether the copy has ended, well or not. */
    boolean isOver() {
        return front.isOver();
    }

    /** Gives the copy up, if it goes on, and waits a while for its thread. Blocks. */
    void close() {
        abandon("the node was stopped");
        if (!Threads.joinUninterruptibly(reader, LAST_PAGE)) {
            log.warn("{} is not waited for: the disk that it writes to stands still", reader.getName());
        }
    }

    private void copyAll() {
        try (CopySink sink = target.open()) {
            copyPages(sink);
            if (!front.end()) {
                complete(sink);
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            abandon(e);
        }
    }

    private void copyPages(CopySink sink) throws IOException, InterruptedException {
        boolean last = false;
        while (!last && !front.isOver()) {
            long begunAt = System.nanoTime();
            List<Map.Entry<byte[], byte[]>> page = read();
            last = page.isEmpty();
            give(sink, front.pass(page));
            sink.settle();
            rest(sink, begunAt, page);
        }
    }

    /** Writers no longer know of it: all that was there is given. */
    private void complete(CopySink sink) {
        try {
            sink.complete(damaged);
        } catch (IOException | RuntimeException | Error e) {
            target.abandon(reason(e));
        }
    }

    /** What comes behind the position, as it is now. */
    private List<Map.Entry<byte[], byte[]>> read() throws IOException {
        List<Map.Entry<byte[], byte[]>> page = new ArrayList<>();
        byte[] position = front.position();
        long bytes = 0;
        try (DBIterator iterator = db.iterator()) {
            iterator.seek(position);
            while (iterator.hasNext() && bytes < pageBytes) {
                Map.Entry<byte[], byte[]> entry = iterator.next();
                if (!Arrays.equals(entry.getKey(), position)) {
                    page.add(entry);
                    bytes += CopyFront.sizeOf(entry);
                }
            }
        }
        return page;
    }

    private void give(CopySink sink, List<Map.Entry<byte[], byte[]>> entries) throws IOException {
        for (Map.Entry<byte[], byte[]> entry : entries) {
            if (front.isOver()) {
                return;
            }
            if (Location.isSound(entry.getKey(), entry.getValue())) {
                sink.take(entry.getKey(), entry.getValue());
            } else {
                damaged++;
            }
        }
    }

    /** What is saved meanwhile is not kept waiting. */
    private void rest(CopySink sink, long begunAt, List<Map.Entry<byte[], byte[]>> page)
            throws IOException, InterruptedException {
        long bytes = page.stream().mapToLong(CopyFront::sizeOf).sum();
        long until = begunAt + bytes * NANOS_PER_SECOND / bytesPerSecond;
        for (long left = until - System.nanoTime(); left > 0 && !front.isOver(); left = until - System.nanoTime()) {
            give(sink, front.await(left));
        }
    }

    private void abandon(Throwable cause) {
        abandon(reason(cause));
    }

    private void abandon(String why) {
        if (!front.end()) {
            target.abandon(why);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof Exception ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
