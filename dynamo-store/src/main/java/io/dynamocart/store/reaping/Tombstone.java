package io.dynamocart.store.reaping;

import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.ring.NodeId;
import java.util.List;

/**
 * A key of which nothing is left but that it was deleted.
 *
 * @param versions exactly what may be removed
 * @param homes the home replicas of the key, all of which must hold it
 */
public record Tombstone(KeyDigest versions, List<NodeId> homes) {

    public Tombstone {
        homes = List.copyOf(homes);
    }
}
