package io.dynamocart.store.storage;

import java.util.function.Supplier;
import org.iq80.leveldb.WriteBatch;
import org.jspecify.annotations.Nullable;

/** The change that a write makes to the database: one location gets a value, or loses it. */
final class Change {

    private final byte[] location;
    private final Supplier<byte @Nullable []> value;

    private Change(byte[] location, Supplier<byte @Nullable []> value) {
        this.location = location;
        this.value = value;
    }

    /** @param value made by the committer */
    static Change put(byte[] location, Supplier<byte @Nullable []> value) {
        return new Change(location, value);
    }

    static Change remove(byte[] location) {
        return new Change(location, () -> null);
    }

    byte[] location() {
        return location;
    }

    void addTo(WriteBatch batch) {
        byte[] bytes = value.get();
        if (bytes == null) {
            batch.delete(location);
        } else {
            batch.put(location, bytes);
        }
    }
}
