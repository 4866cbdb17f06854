package io.dynamocart.store.storage;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.WriteOutcome;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.WriteBatchImpl;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes: all that waits as one synced batch, so that a hundred writes cost one sync. Never
 * interrupted, since an interrupt closes LevelDB's files under it.
 */
final class Committer {

    private static final WriteOptions SYNC = new WriteOptions().sync(true);

    /**
     * A write that waits.
     *
     * @param change adds it to a batch; run by the committer
     * @param whenCommitted run by the node's thread, before the reply
     */
    record Write(Consumer<WriteBatch> change, Runnable whenCommitted, Reply<WriteOutcome> reply) {}

    /** Room for the frames that LevelDB puts around what is written, and for the end of a block that it skips. */
    private static final int FRAME_BYTES = 1 << 16;

    private final DB db;
    private final FreeSpace space;
    private final NodeThread node;
    private final BatchQueue<Write> writes = new BatchQueue<>();
    private final Thread thread;
    private volatile @Nullable String failure;

    Committer(DB db, FreeSpace space, String name, NodeThread node) {
        this.db = db;
        this.space = space;
        this.node = node;
        this.thread = Thread.ofPlatform().name(name + "-committer").start(this::commitAll);
    }

    /** Whether what is added now will be written, as far as one can tell. Thread-safe. */
    DiskState state() {
        String failed = failure;
        if (failed != null) {
            return new DiskState.Failed(failed);
        }
        String shortage = space.shortage();
        return shortage == null ? new DiskState.Fine() : new DiskState.Full(shortage);
    }

    void add(Write write) {
        writes.add(write);
    }

    /** Commits what was asked for, and ends. Blocks. */
    void close() {
        writes.close();
        Threads.joinUninterruptibly(thread);
    }

    private void commitAll() {
        for (List<Write> batch = writes.takeAll(); !batch.isEmpty(); batch = writes.takeAll()) {
            WriteOutcome outcome = commit(batch);
            List<Write> done = batch;
            node.execute(now -> {
                for (Write write : done) {
                    if (outcome instanceof WriteOutcome.Committed) {
                        write.whenCommitted.run();
                    }
                    write.reply.accept(now, outcome);
                }
            });
        }
    }

    /** After a failed sync nobody knows what the disk holds, so nothing more is written (docs/invariants.md D23). */
    private WriteOutcome commit(List<Write> batch) {
        String failed = failure;
        if (failed != null) {
            return new WriteOutcome.Failed(failed);
        }
        try (WriteBatch group = db.createWriteBatch()) {
            for (Write write : batch) {
                write.change.accept(group);
            }
            if (!space.fits(sizeOf(group))) {
                return fail("writing to disk failed: no room for %d bytes".formatted(sizeOf(group)));
            }
            db.write(group, SYNC);
            return new WriteOutcome.Committed();
        } catch (IOException | RuntimeException e) {
            return fail("writing to disk failed: " + e);
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
