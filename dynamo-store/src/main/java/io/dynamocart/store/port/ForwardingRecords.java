package io.dynamocart.store.port;

import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import org.jspecify.annotations.Nullable;

/**
 * Records that pass everything on to others, for those that do something else now and then. Threads are as of those.
 */
public class ForwardingRecords implements Records {

    private final Records records;

    /** @param records where everything goes */
    protected ForwardingRecords(Records records) {
        this.records = records;
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return records.recall(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        records.read(key, reply);
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        records.write(key, record, reply);
    }

    @Override
    public DiskState state() {
        return records.state();
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        records.scan(range, after, reply);
    }
}
