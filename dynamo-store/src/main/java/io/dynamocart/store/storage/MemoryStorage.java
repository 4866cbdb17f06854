package io.dynamocart.store.storage;

import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory, for tests and for trying things out: what is acknowledged does not survive the process. Not
 * thread-safe.
 */
public final class MemoryStorage implements Storage {

    private final NodeThread node;
    private final MemoryRecords copies;
    private final Map<NodeId, MemoryRecords> hints = new TreeMap<>();

    public MemoryStorage(NodeThread node) {
        this.node = node;
        this.copies = new MemoryRecords(node);
    }

    @Override
    public StoredRecord recall(Key key) {
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
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        copies.scan(range, after, reply);
    }

    @Override
    public Records hintsFor(NodeId target) {
        return hints.computeIfAbsent(target, _ -> new MemoryRecords(node));
    }

    @Override
    public List<NodeId> hintedNodes() {
        return List.of();
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        node.execute(now -> reply.accept(now, new WriteOutcome.Committed()));
    }

    private record MemoryRecords(NodeThread node, NavigableMap<Key, StoredRecord> records) implements Records {

        MemoryRecords(NodeThread node) {
            this(node, new TreeMap<>(Comparator.comparing(Token::of).thenComparing(Comparator.naturalOrder())));
        }

        @Override
        public StoredRecord recall(Key key) {
            return records.getOrDefault(key, StoredRecord.nothing());
        }

        @Override
        public void read(Key key, Reply<ReadOutcome> reply) {
            node.execute(now -> reply.accept(now, new ReadOutcome.Found(recall(key))));
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            node.execute(now -> {
                if (record.equals(StoredRecord.nothing())) {
                    records.remove(key);
                } else {
                    records.put(key, record);
                }
                reply.accept(now, new WriteOutcome.Committed());
            });
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            node.execute(now -> {
                NavigableMap<Key, StoredRecord> rest = after == null ? records : records.tailMap(after, false);
                List<Item> items = rest.entrySet().stream()
                        .filter(entry -> range.contains(Token.of(entry.getKey())))
                        .map(entry -> new Item(entry.getKey(), new ReadOutcome.Found(entry.getValue())))
                        .toList();
                reply.accept(now, new ScanOutcome.Page(items, true));
            });
        }
    }
}
