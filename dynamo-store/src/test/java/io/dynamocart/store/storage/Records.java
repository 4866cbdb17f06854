package io.dynamocart.store.storage;

import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;

/** Records to store. */
final class Records {

    private Records() {}

    /** The {@code counter}-th version of a key, as its coordinator keeps it. */
    static StoredRecord numbered(long counter) {
        return numbered(counter, Value.of("value " + counter));
    }

    static StoredRecord numbered(long counter, Value value) {
        Dot dot = new Dot(new Actor("node-1", 7), counter);
        Version version = new Version(dot, Clock.empty(), Instant.EPOCH, value);
        return new StoredRecord(Versions.of(version), new Mint(dot, 42));
    }
}
