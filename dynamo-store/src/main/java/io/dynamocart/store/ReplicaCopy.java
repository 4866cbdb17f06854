package io.dynamocart.store;

import io.dynamocart.store.version.Versions;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a key that one home replica holds.
 *
 * @param node its name
 * @param versions its siblings, tombstones among them; null if it did not answer
 * @param problem why it did not; null if it did
 */
public record ReplicaCopy(
        String node, @Nullable Versions versions, @Nullable String problem) {}
