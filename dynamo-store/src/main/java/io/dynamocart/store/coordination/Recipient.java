package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;

/**
 * A home replica as a write finds it, or a place that has none.
 *
 * @param node the home replica, or whoever may come to be it
 * @param home whether it is one
 * @param reachable whether messages have a way to it
 * @param trusted whether it may be expected to answer
 */
public record Recipient(NodeId node, boolean home, boolean reachable, boolean trusted) {

    /** A home replica. */
    public Recipient(NodeId node, boolean reachable, boolean trusted) {
        this(node, true, reachable, trusted);
    }

    /** A place that nobody has now: somebody stands in for this node, which may come to have it. */
    public static Recipient vacant(NodeId node) {
        return new Recipient(node, false, false, false);
    }
}
