package io.dynamocart.store.storage;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.WriteOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.WriteBatchImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes: all that waits as one synced batch, so that a hundred writes cost one sync. What finds the
 * disk full stays with it until there is room; whoever waits goes elsewhere meanwhile, as with a disk that stands
 * still. Never interrupted, since an interrupt closes LevelDB's files under it.
 */
final class Committer {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);
    private static final WriteOptions SYNC = new WriteOptions().sync(true);

    /** What waits for the committer. */
    sealed interface Task {}

    /**
     * A write that waits.
     *
     * @param change run by the committer
     * @param whenCommitted run by the node's thread, before the reply
     */
    record Write(Change change, Runnable whenCommitted, Reply<WriteOutcome> reply) implements Task {

        private void tell(Moment now, WriteOutcome outcome) {
            try {
                if (outcome instanceof WriteOutcome.Committed) {
                    whenCommitted.run();
                }
            } finally {
                reply.accept(now, outcome);
            }
        }
    }

    /** The moment of a copy: it has the writes before, and none of those behind. */
    private record Freeze(FrozenCopy copy) implements Task {}

    /**
     * Writes that may wait: half a second's work of a good disk. Whoever comes behind them is served better by another
     * node, and a disk that stands still must not fill the memory.
     */
    static final int MAX_WAITING = 10_000;

    /** Room for the frames that LevelDB puts around what is written, and for the end of a block that it skips. */
    private static final int FRAME_BYTES = 1 << 16;

    private final DB db;
    private final Room room;
    private final NodeThread node;
    private final BatchQueue<Task> tasks = new BatchQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Thread thread;
    private @Nullable FrozenCopy copy;
    private volatile @Nullable String failure;

    Committer(DB db, FreeSpace space, String name, NodeThread node) {
        this.db = db;
        this.room = new Room(space);
        this.node = node;
        this.thread = Thread.ofPlatform().name(name + "-committer").start(this::commitAll);
    }

    /** Whether what is added now will be written, as far as one can tell. Thread-safe. */
    DiskState state() {
        String failed = failure;
        if (failed != null) {
            return new DiskState.Failed(failed);
        }
        if (unwritten.get() >= MAX_WAITING) {
            return new DiskState.Full(("%d writes wait for the disk, which is too slow or stands still; "
                            + "writes are taken again when it has caught up")
                    .formatted(MAX_WAITING));
        }
        String shortage = room.shortage();
        return shortage == null ? new DiskState.Fine() : new DiskState.Full(shortage);
    }

    void add(Write write) {
        if (tasks.add(write)) {
            unwritten.incrementAndGet();
        }
    }

    /** Begins a copy of what has been asked for so far, written or not. */
    void freeze(FrozenCopy frozen) {
        if (!tasks.add(new Freeze(frozen))) {
            frozen.close();
        }
    }

    /** Commits what was asked for, unless the disk is full, and ends. Blocks. */
    void close() {
        room.close();
        tasks.close();
        Threads.joinUninterruptibly(thread);
    }

    private void commitAll() {
        for (List<Task> taken = tasks.takeAll(); !taken.isEmpty(); taken = tasks.takeAll()) {
            try {
                commitAll(taken);
            } catch (RuntimeException | Error e) {
                // Whoever waited for these is told by its own time, and everybody else by the state of the disk
                log.error("Nobody could be told of writes", e);
                fail("the thread that writes failed: " + e);
            }
        }
    }

    private void commitAll(List<Task> taken) {
        List<Write> group = new ArrayList<>(taken.size());
        for (Task task : taken) {
            switch (task) {
                case Write write -> group.add(write);
                case Freeze(FrozenCopy frozen) -> {
                    commitAndReply(group);
                    group = new ArrayList<>();
                    begin(frozen);
                }
            }
        }
        commitAndReply(group);
    }

    private void begin(FrozenCopy frozen) {
        copy = frozen;
        try {
            frozen.begin();
        } catch (RuntimeException | Error e) {
            log.error("A copy of the disk did not begin", e);
            fail("the thread that writes failed: " + e);
        }
    }

    private void commitAndReply(List<Write> group) {
        if (group.isEmpty()) {
            return;
        }
        WriteOutcome outcome = commit(group);
        unwritten.addAndGet(-group.size());
        List<Consumer<Moment>> replies = new ArrayList<>(group.size());
        group.forEach(write -> replies.add(now -> write.tell(now, outcome)));
        node.executeAll(replies);
    }

    /**
     * After a failed sync nobody knows what the disk holds, so nothing more is written (docs/invariants.md D23). Nor
     * does anybody after an error of the JVM, such as that of too little memory; whoever waits is told in any case.
     */
    private WriteOutcome commit(List<Write> batch) {
        String failed = failure;
        if (failed != null) {
            return new WriteOutcome.Failed(failed);
        }
        try (WriteBatch group = db.createWriteBatch()) {
            for (Write write : batch) {
                write.change.addTo(group);
            }
            if (!room.await(sizeOf(group))) {
                return fail("the disk is full, and the node stops");
            }
            saveOld(batch);
            db.write(group, SYNC);
            return new WriteOutcome.Committed();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            log.error("Writing to disk failed", e);
            return fail("writing to disk failed: " + e);
        }
    }

    private void saveOld(List<Write> batch) {
        FrozenCopy frozen = copy;
        if (frozen != null) {
            batch.forEach(write -> frozen.beforeWrite(write.change.location()));
        }
    }

    private WriteOutcome fail(String detail) {
        failure = detail;
        return new WriteOutcome.Failed(detail);
    }

    private static long sizeOf(WriteBatch group) {
        return 2L * ((WriteBatchImpl) group).getApproximateSize() + FRAME_BYTES;
    }
}
