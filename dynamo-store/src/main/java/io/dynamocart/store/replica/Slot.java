package io.dynamocart.store.replica;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Versions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A key that something is under way for: its record is being read, or writes of it are queued at the disk.
 *
 * <p>It holds two states. New dots and merges build on the newest, which may not be on disk yet; everybody else sees
 * the committed one only (docs/architecture.md, "One thread per node"), or what the {@link ObjectBuffer} shows them.
 */
final class Slot {

    private final Deque<Consumer<Moment>> waiting = new ArrayDeque<>();
    private final Deque<QueuedWrite> queue = new ArrayDeque<>();
    private @Nullable ReadOutcome loaded;
    private StoredRecord newest = StoredRecord.nothing();
    private @Nullable StoredRecord shown;
    private int writesAhead;
    private long until = Long.MIN_VALUE;
    private boolean atDisk;

    /** A write at the disk, and who waits for it. */
    private record QueuedWrite(StoredRecord record, List<Waiter> waiters) {}

    private record Waiter(Reply<Written> reply, Written done) {}

    /**
     * Runs the action once the record was read, at once if it was already.
     *
     * @param patience until when anybody cares, on the clock of {@link Moment#nanos}
     */
    void whenLoaded(Moment now, long patience, Consumer<Moment> action) {
        if (loaded == null) {
            waiting.add(action);
            until = Math.max(until, patience);
        } else {
            action.accept(now);
        }
    }

    boolean isLoaded() {
        return loaded != null;
    }

    /** Whether all who wait for the record have ceased to. */
    boolean isGivenUp(Moment now) {
        return until < now.nanos();
    }

    /** Whether the disk was asked for the record. */
    boolean isAtDisk() {
        return atDisk;
    }

    void goToDisk() {
        atDisk = true;
    }

    void load(Moment now, ReadOutcome outcome) {
        loaded = outcome;
        if (outcome instanceof ReadOutcome.Found found) {
            newest = found.record();
        }
        List<Consumer<Moment>> actions = List.copyOf(waiting);
        waiting.clear();
        forEach(actions, action -> action.accept(now));
    }

    /** What was read; after the first commit, what was committed. */
    ReadOutcome outcome() {
        if (loaded == null) {
            throw new IllegalStateException("not read yet");
        }
        return loaded;
    }

    /** The same, as everybody else sees it; or what they are shown ahead of the disk. */
    Copy copy() {
        StoredRecord ahead = shown;
        return ahead == null ? onDisk() : new Copy.Held(ahead.versions());
    }

    /** What is on disk. */
    Copy onDisk() {
        return switch (outcome()) {
            case ReadOutcome.Found(StoredRecord record) -> new Copy.Held(record.versions());
            case ReadOutcome.Damaged(String detail) -> new Copy.Damaged(detail);
            case ReadOutcome.Failed(String detail) -> new Copy.Unreadable(detail);
        };
    }

    /** Whether {@code record} is what the newest state holds already. */
    boolean isNewest(StoredRecord record) {
        return loaded instanceof ReadOutcome.Found && record.equals(newest);
    }

    StoredRecord newest() {
        return newest;
    }

    /** The versions that are on disk for certain; none where the record is damaged. */
    Versions committed() {
        return loaded instanceof ReadOutcome.Found found ? found.record().versions() : Versions.none();
    }

    /** The record that will be on disk next. */
    StoredRecord committing() {
        return queue.element().record;
    }

    boolean isWriting() {
        return !queue.isEmpty();
    }

    /** Makes {@code record} the newest state, on its way to the disk. */
    void queue(StoredRecord record) {
        newest = record;
        queue.add(new QueuedWrite(record, new ArrayList<>(1)));
    }

    /** Shows everybody the newest state, which is on its way to the disk. */
    void show() {
        shown = newest;
        writesAhead = queue.size();
    }

    /** How many writes have to end until what everybody sees is on disk. */
    int writesAhead() {
        return writesAhead;
    }

    /** Replies {@code done} once the newest state is on disk, at once if it is. */
    void whenCommitted(Moment now, Reply<Written> reply, Written done) {
        if (queue.isEmpty()) {
            reply.accept(now, done);
        } else {
            queue.getLast().waiters.add(new Waiter(reply, done));
        }
    }

    /** The oldest queued write is on disk. */
    void commit(Moment now) {
        QueuedWrite write = queue.remove();
        loaded = new ReadOutcome.Found(write.record);
        onWritten();
        forEach(write.waiters, waiter -> waiter.reply.accept(now, waiter.done));
    }

    /** The oldest queued write failed. What is committed stays as it was, for all that anybody knows. */
    void fail(Moment now, String detail) {
        QueuedWrite write = queue.remove();
        onWritten();
        forEach(write.waiters, waiter -> waiter.reply.accept(now, new Written.DiskFailed(detail, false)));
    }

    /**
     * Tells each of those who wait, also behind one that throws: they do not know each other. What was thrown first is
     * thrown when all were told (docs/decisions/0022).
     */
    private static <T> void forEach(List<T> waiting, Consumer<T> tell) {
        Throwable first = null;
        for (T each : waiting) {
            try {
                tell.accept(each);
            } catch (RuntimeException | Error thrown) {
                first = first == null ? thrown : first;
            }
        }
        switch (first) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError(first);
        }
    }

    private void onWritten() {
        if (writesAhead > 0 && --writesAhead == 0) {
            shown = null;
        }
    }

    /** Whether nothing is under way any more. */
    boolean isIdle() {
        return loaded != null && queue.isEmpty() && waiting.isEmpty();
    }
}
