package io.dynamocart.store.node;

import io.dynamocart.store.StoreException;
import java.time.Duration;
import java.util.List;

/**
 * The errors that a client is told whose request got lost in this node, by an error of ours that the node's log tells
 * (docs/decisions/0022).
 */
final class LostRequest {

    /** So long after the end of its time a request is not slow, but lost. */
    static final Duration OVERDUE = Duration.ofSeconds(1);

    private LostRequest() {}

    /** @param needed replicas that were to answer */
    static StoreException read(int needed) {
        return new StoreException.TooFewReplicas(
                "this node failed to carry out the read; its log says why", needed, List.of());
    }

    /** @param needed nodes that were to acknowledge it */
    static StoreException write(int needed) {
        return new StoreException.OutcomeUnknown(
                "this node failed to carry out the write, as its log says. It may have been kept or not",
                needed,
                List.of());
    }
}
