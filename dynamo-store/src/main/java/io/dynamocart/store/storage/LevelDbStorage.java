package io.dynamocart.store.storage;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.version.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.jspecify.annotations.Nullable;

/**
 * Records on disk, in LevelDB.
 *
 * <p>Three threads meet here. The node's thread calls the methods of {@link Storage} and owns the cache. The
 * <em>committer</em> writes all that waits as one synced batch, so that a hundred writes cost one sync. The
 * <em>reader</em> looks up what the cache does not hold, so that the node's thread never waits for the disk. Neither is
 * ever interrupted, since an interrupt closes LevelDB's files under it; no snapshots are taken, since they lose data
 * (iq80 0.12). Its log is written through a file channel, never through a memory map: there a record that crosses the
 * end of a mapping is acknowledged before its first part is synced.
 *
 * <p>Keys lie in ring order, {@code 'k' token key}, so that a partition is one range.
 */
public final class LevelDbStorage implements Storage, AutoCloseable {

    private static final String MEMORY_MAPS = "leveldb.mmap";
    private static final WriteOptions SYNC = new WriteOptions().sync(true);

    static {
        // Read once, by the class that opens databases. A power failure must not find an acknowledged write half-synced
        System.setProperty(MEMORY_MAPS, "false");
    }

    /**
     * A write that waits.
     *
     * @param put adds it to a batch; run by the committer
     * @param whenCommitted run by the node's thread, before the reply
     */
    private record Write(Consumer<WriteBatch> put, Runnable whenCommitted, Reply<WriteOutcome> reply) {}

    private record Read(Key key, Reply<ReadOutcome> reply) {}

    private final DB db;
    private final NodeThread node;
    private final RecordCache cache;
    private final BatchQueue<Write> writes = new BatchQueue<>();
    private final BatchQueue<Read> reads = new BatchQueue<>();
    private final Thread committer;
    private final Thread reader;
    private @Nullable String failure;

    private LevelDbStorage(DB db, String name, StorageSettings settings, NodeThread node) {
        this.db = db;
        this.node = node;
        this.cache = new RecordCache(settings.cacheBytes());
        this.committer = Thread.ofPlatform().name(name + "-committer").start(this::commitAll);
        this.reader = Thread.ofPlatform().name(name + "-reader").start(this::readAll);
    }

    /**
     * Opens the database, and recovers what was synced before a crash.
     *
     * @param name of the node, for its threads
     * @throws UncheckedIOException if the directory cannot be used
     */
    public static LevelDbStorage open(Path directory, String name, StorageSettings settings, NodeThread node) {
        Options options = new Options()
                .createIfMissing(true)
                .writeBufferSize(settings.writeBufferBytes())
                .compressionType(CompressionType.NONE);
        try {
            return over(Iq80DBFactory.factory.open(directory.toFile(), options), name, settings, node);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the database in " + directory, e);
        }
    }

    /** Uses a database that is open already. */
    static LevelDbStorage over(DB db, String name, StorageSettings settings, NodeThread node) {
        return new LevelDbStorage(db, name, settings, node);
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return cache.get(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        reads.add(new Read(key, reply));
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        // Encoded here, where the same bytes are wanted for the wire; the committer only reads them
        record.versions().encode();
        writes.add(new Write(
                batch -> batch.put(locationOf(key), RecordCodec.encode(key, record)),
                () -> cache.put(key, record),
                reply));
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        writes.add(new Write(batch -> batch.put(locationOf(name), note), () -> {}, reply));
    }

    /** A note as it was last committed, null if there is none. Blocks. */
    public byte @Nullable [] readNote(String name) {
        return db.get(locationOf(name));
    }

    /** Reads answered from memory so far; for the node's thread. */
    public long cacheHits() {
        return cache.hits();
    }

    /** Reads that had to go to the disk; for the node's thread. */
    public long cacheMisses() {
        return cache.misses();
    }

    /** Commits what was asked for, and closes the database. Blocks. */
    @Override
    public void close() {
        writes.close();
        reads.close();
        joinUninterruptibly(committer);
        joinUninterruptibly(reader);
        try {
            db.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the database did not close", e);
        }
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

    /** After a failed sync nobody knows what the disk holds, so nothing is written any more (PAPER.md D23). */
    private WriteOutcome commit(List<Write> batch) {
        if (failure != null) {
            return new WriteOutcome.Failed(failure);
        }
        try (WriteBatch group = db.createWriteBatch()) {
            for (Write write : batch) {
                write.put.accept(group);
            }
            db.write(group, SYNC);
            return new WriteOutcome.Committed();
        } catch (IOException | RuntimeException e) {
            String detail = "writing to disk failed: " + e;
            failure = detail;
            return new WriteOutcome.Failed(detail);
        }
    }

    private void readAll() {
        for (List<Read> batch = reads.takeAll(); !batch.isEmpty(); batch = reads.takeAll()) {
            List<Read> done = batch;
            List<ReadOutcome> outcomes = new ArrayList<>(batch.size());
            batch.forEach(read -> outcomes.add(look(read.key)));
            node.execute(now -> {
                for (int i = 0; i < done.size(); i++) {
                    if (outcomes.get(i) instanceof ReadOutcome.Found found) {
                        cache.put(done.get(i).key, found.record());
                    }
                    done.get(i).reply.accept(now, outcomes.get(i));
                }
            });
        }
    }

    private ReadOutcome look(Key key) {
        try {
            byte[] bytes = db.get(locationOf(key));
            return new ReadOutcome.Found(bytes == null ? StoredRecord.nothing() : RecordCodec.decode(key, bytes));
        } catch (MalformedBytesException e) {
            return new ReadOutcome.Damaged(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new ReadOutcome.Failed("reading from disk failed: " + e);
        }
    }

    private static byte[] locationOf(Key key) {
        Token token = Token.of(key);
        return new ByteWriter(64)
                .writeByte('k')
                .writeLong(token.high())
                .writeLong(token.low())
                .writeRaw(key.toByteArray())
                .toByteArray();
    }

    private static byte[] locationOf(String note) {
        return ("n" + note).getBytes(StandardCharsets.UTF_8);
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
