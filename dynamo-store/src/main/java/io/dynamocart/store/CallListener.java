package io.dynamocart.store;

import io.dynamocart.store.trace.TraceParent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows one request: told of each node that was asked for it, once it is known what came of that. Called on the
 * node's thread, in part after the request itself has ended; must neither block nor fail, nor call the store.
 */
@FunctionalInterface
public interface CallListener {

    /** A listener that does nothing. */
    CallListener NONE = (_, _, _) -> {};

    /** How a call ended. */
    enum Ending {
        /** The node did what it was asked for. */
        ANSWERED,
        /** The node could not do what it was asked for, or cannot be reached. */
        FAILED,
        /** The node had not answered when there was nothing left to wait for. */
        UNANSWERED
    }

    /**
     * A call has ended.
     *
     * @param node name of the node that was asked, this node itself among others
     * @param took time since it was asked
     */
    void onEnd(String node, Duration took, Ending ending);

    /** Where in a trace the request is, for the nodes that are asked for it; null if it is in none. */
    default @Nullable TraceParent trace() {
        return null;
    }
}
