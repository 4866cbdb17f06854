package io.dynamocart.store.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Key;
import org.jspecify.annotations.Nullable;

/** Decoded records at hand in memory, bounded by their weight in bytes. Used by the node's thread alone. */
final class RecordCache {

    private static final int OVERHEAD_BYTES = 256;

    private final Cache<Key, StoredRecord> records;
    private long hits;
    private long misses;

    RecordCache(long bytes) {
        records = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, StoredRecord record) ->
                        OVERHEAD_BYTES + record.versions().encode().length)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    StoredRecord get(Key key) {
        StoredRecord record = records.getIfPresent(key);
        if (record == null) {
            misses++;
        } else {
            hits++;
        }
        return record;
    }

    void put(Key key, StoredRecord record) {
        records.put(key, record);
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }
}
