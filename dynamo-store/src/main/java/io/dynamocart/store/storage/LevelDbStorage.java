package io.dynamocart.store.storage;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.jspecify.annotations.Nullable;

/**
 * Records on disk, in LevelDB.
 *
 * <p>Three threads meet here. The node's thread calls the methods of {@link Storage} and owns the caches. The {@link
 * Committer} writes, the reader ({@link Lookups}) looks up what no cache holds. No snapshots are taken, since they lose
 * data (iq80 0.12). Its log is written through a file channel, never through a memory map: there a record that crosses
 * the end of a mapping is acknowledged before its first part is synced.
 */
public final class LevelDbStorage implements Storage, AutoCloseable {

    private static final String MEMORY_MAPS = "leveldb.mmap";

    /** Hints are written and rarely read; this is for those of a key that is written again and again. */
    private static final long HINT_CACHE_BYTES = 1 << 20;

    static {
        prepare();
    }

    private final DB db;
    private final RecordCache cache;
    private final Committer committer;
    private final Lookups lookups;
    private final LevelDbRecords copies;
    private final List<NodeId> hintedNodes;
    private final Map<NodeId, LevelDbRecords> hints = new TreeMap<>();
    private final String name;
    private volatile @Nullable FrozenCopy copy;

    private LevelDbStorage(
            DB db, FreeSpace space, List<NodeId> hintedNodes, String name, StorageSettings settings, NodeThread node) {
        this.db = db;
        this.name = name;
        this.hintedNodes = hintedNodes;
        this.cache = new RecordCache(settings.cacheBytes());
        this.committer = new Committer(db, space, name, node);
        this.lookups = new Lookups(name, node);
        this.copies = new LevelDbRecords(Location.ofCopies(), db, committer, lookups, cache);
    }

    /**
     * Opens the database, and recovers what was synced before a crash.
     *
     * @param name of the node, for its threads
     * @throws UncheckedIOException if the directory cannot be used
     * @throws DataDirectory.Unusable if the disk has no room for what may have to be recovered
     */
    public static LevelDbStorage open(Path directory, String name, StorageSettings settings, NodeThread node) {
        Options options = new Options()
                .createIfMissing(true)
                .writeBufferSize(settings.writeBufferBytes())
                .compressionType(CompressionType.NONE);
        try {
            Files.createDirectories(directory);
            FreeSpace space = FreeSpace.of(directory, name, settings.reserveBytes());
            if (!space.fits(2L * settings.writeBufferBytes())) {
                throw DataDirectory.Unusable.full(directory, 2L * settings.writeBufferBytes());
            }
            return over(Iq80DBFactory.factory.open(directory.toFile(), options), space, name, settings, node);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the database in " + directory, e);
        }
    }

    /** Uses a database that is open already; closes it if it cannot. */
    private static LevelDbStorage over(DB db, FreeSpace space, String name, StorageSettings settings, NodeThread node)
            throws IOException {
        try {
            return over(db, space, HintedNodes.in(db), name, settings, node);
        } catch (RuntimeException | Error e) {
            try (db) {
                throw e;
            }
        }
    }

    /**
     * To be called before any database is opened, for the class that does so reads it once: a power failure must not
     * find an acknowledged write half-synced.
     */
    static void prepare() {
        System.setProperty(MEMORY_MAPS, "false");
    }

    /** Uses a database that is open already. */
    static LevelDbStorage over(
            DB db, FreeSpace space, List<NodeId> hintedNodes, String name, StorageSettings settings, NodeThread node) {
        return new LevelDbStorage(db, space, hintedNodes, name, settings, node);
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return copies.recall(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        copies.read(key, reply);
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        copies.write(key, record, reply);
    }

    @Override
    public DiskState state() {
        return copies.state();
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        copies.scan(range, after, reply);
    }

    @Override
    public Records hintsFor(NodeId node) {
        return hints.computeIfAbsent(
                node,
                unknown -> new LevelDbRecords(
                        Location.ofHintsFor(unknown), db, committer, lookups, new RecordCache(HINT_CACHE_BYTES)));
    }

    @Override
    public List<NodeId> hintedNodes() {
        return hintedNodes;
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        byte[] bytes = NoteCodec.encode(name, note);
        committer.add(new Committer.Write(Change.put(Location.ofNote(name), () -> bytes), () -> {}, reply));
    }

    /**
     * A note as it was last committed, null if there is none. Blocks.
     *
     * @throws MalformedBytesException if there is something else
     */
    public byte @Nullable [] readNote(String name) {
        byte[] bytes = db.get(Location.ofNote(name));
        return bytes == null ? null : NoteCodec.decode(name, bytes);
    }

    /**
     * Copies everything out as it is now, all that was asked to be written so far included, while writes go on. One
     * copy at a time; for the node's thread.
     *
     * @param target where to; its disk may stand still and holds up nobody, but the end of the storage for a while
     * @param bytesPerSecond how fast the disk is read for it at most
     * @throws IllegalStateException if a copy is under way
     */
    public void copyTo(CopyTarget target, long bytesPerSecond) {
        if (copy != null && !copy.isOver()) {
            throw new IllegalStateException("a copy is under way already");
        }
        copy = new FrozenCopy(db, target, bytesPerSecond, name);
        committer.freeze(copy);
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
        if (copy != null) {
            copy.close();
        }
        committer.close();
        lookups.close();
        try {
            db.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the database did not close", e);
        }
    }
}
