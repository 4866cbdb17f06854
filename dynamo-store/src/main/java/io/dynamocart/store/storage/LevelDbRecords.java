package io.dynamocart.store.storage;

import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.jspecify.annotations.Nullable;

/** The records of one area of the database. Called on the node's thread, which owns the cache. */
final class LevelDbRecords implements Records {

    private static final int PAGE_BYTES = 1 << 20;

    private final byte[] area;
    private final DB db;
    private final Committer committer;
    private final Lookups lookups;
    private final RecordCache cache;

    LevelDbRecords(byte[] area, DB db, Committer committer, Lookups lookups, RecordCache cache) {
        this.area = area;
        this.db = db;
        this.committer = committer;
        this.lookups = lookups;
        this.cache = cache;
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return cache.get(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        lookups.add(() -> {
            ReadOutcome outcome = look(key);
            return now -> {
                if (outcome instanceof ReadOutcome.Found found) {
                    cache.put(key, found.record());
                }
                reply.accept(now, outcome);
            };
        });
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        Runnable whenCommitted = () -> cache.put(key, record);
        if (record.equals(StoredRecord.nothing())) {
            committer.add(new Committer.Write(Change.remove(Location.of(area, key)), whenCommitted, reply));
            return;
        }
        // Encoded here, where the same bytes are wanted for the wire; the committer only reads them
        record.versions().encode();
        committer.add(new Committer.Write(
                Change.put(Location.of(area, key), () -> RecordCodec.encode(key, record)), whenCommitted, reply));
    }

    @Override
    public DiskState state() {
        return committer.state();
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        lookups.add(() -> {
            ScanOutcome outcome = list(range, after);
            return now -> reply.accept(now, outcome);
        });
    }

    private ReadOutcome look(Key key) {
        try {
            byte[] bytes = db.get(Location.of(area, key));
            return bytes == null ? new ReadOutcome.Found(StoredRecord.nothing()) : decode(key, bytes);
        } catch (RuntimeException | Error e) {
            return new ReadOutcome.Failed("reading from disk failed: " + e);
        }
    }

    private static ReadOutcome decode(Key key, byte[] bytes) {
        try {
            return new ReadOutcome.Found(RecordCodec.decode(key, bytes));
        } catch (MalformedBytesException e) {
            return new ReadOutcome.Damaged(String.valueOf(e.getMessage()));
        }
    }

    private ScanOutcome list(TokenRange range, @Nullable Key after) {
        List<Item> items = new ArrayList<>();
        int bytes = 0;
        try (DBIterator iterator = db.iterator()) {
            iterator.seek(after == null ? Location.first(area, range) : Location.of(area, after));
            while (iterator.hasNext() && bytes < PAGE_BYTES) {
                Map.Entry<byte[], byte[]> entry = iterator.next();
                if (!Location.isIn(area, entry.getKey())) {
                    return new ScanOutcome.Page(items, true);
                }
                Token token = Location.tokenAt(area, entry.getKey());
                Key key = Location.keyAt(area, entry.getKey());
                if (!range.contains(token)) {
                    if (!range.passesZero() && token.compareTo(range.end()) > 0) {
                        return new ScanOutcome.Page(items, true);
                    }
                    if (token.compareTo(range.start()) < 0) {
                        iterator.seek(Location.of(area, range.start()));
                    }
                } else if (after == null || !key.equals(after)) {
                    items.add(new Item(key, decode(key, entry.getValue())));
                    bytes += entry.getValue().length;
                }
            }
            return new ScanOutcome.Page(items, !iterator.hasNext());
        } catch (IOException | RuntimeException | Error e) {
            return new ScanOutcome.Failed("listing what is on disk failed: " + e);
        }
    }
}
