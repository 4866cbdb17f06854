package io.dynamocart.store.node;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import java.time.Instant;
import java.util.List;

/**
 * The partitions that a node is about to take over together (docs/decisions/0014).
 *
 * @param sources whom it copies from
 * @param stage how far it is
 * @param begun when it began with them, by this node's clock
 * @param keys how many it has made sure of since then, in all passes over all sources
 */
public record TransferReport(List<Partition> partitions, List<NodeId> sources, Stage stage, Instant begun, long keys) {

    public TransferReport {
        partitions = List.copyOf(partitions);
        sources = List.copyOf(sources);
    }

    /** A stage of a transfer. */
    public enum Stage {
        /** All that is there is brought over, while the old home counts. */
        COPYING,
        /** The old home was asked to stop, and has not yet. */
        AWAITING_RELEASE,
        /** Writes that came since are brought over; nobody counts in those places. */
        COPYING_THE_REST
    }
}
