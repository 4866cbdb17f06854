package io.dynamocart.store;

import io.dynamocart.store.version.Versions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one home replica holds of a key.
 *
 * @param node its name
 * @param found its versions; null if it did not answer
 * @param problem why it did not; null if it did
 */
public record ReplicaCopy(
        String node, @Nullable Versions found, @Nullable String problem) {

    public Optional<Versions> versions() {
        return Optional.ofNullable(found);
    }
}
