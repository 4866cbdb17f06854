package io.dynamocart.store.port;

import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Versions;
import org.jspecify.annotations.Nullable;

/**
 * The record that a node keeps on disk under a key.
 *
 * @param versions its copy of the value, which it exchanges with others
 * @param mint the last dot it issued for the key, which it does not; null where it issued none
 */
public record StoredRecord(Versions versions, @Nullable Mint mint) {

    private static final StoredRecord NOTHING = new StoredRecord(Versions.none(), null);

    /** The record under a key that nobody wrote. */
    public static StoredRecord nothing() {
        return NOTHING;
    }
}
