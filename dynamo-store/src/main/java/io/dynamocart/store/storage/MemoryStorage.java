package io.dynamocart.store.storage;

import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Key;
import java.util.HashMap;
import java.util.Map;

/**
 * Records in memory, for tests and for trying things out: what is acknowledged does not survive the process. Not
 * thread-safe.
 */
public final class MemoryStorage implements Storage {

    private final NodeThread node;
    private final Map<Key, StoredRecord> records = new HashMap<>();

    public MemoryStorage(NodeThread node) {
        this.node = node;
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
            records.put(key, record);
            reply.accept(now, new WriteOutcome.Committed());
        });
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        node.execute(now -> reply.accept(now, new WriteOutcome.Committed()));
    }
}
