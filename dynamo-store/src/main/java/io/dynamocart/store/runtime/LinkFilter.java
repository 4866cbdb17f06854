package io.dynamocart.store.runtime;

import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;

/**
 * Says which of a node's messages the network carries, for faults on purpose: what it does not carry is dropped, as
 * {@link Transport} may drop anything, and nobody is told. Connections stay, so the nodes have to find out by the
 * silence. Asked on the node's thread before each message is sent; may change its mind at any time, from any thread.
 */
@FunctionalInterface
public interface LinkFilter {

    /** Whether the next message to this node gets through. */
    boolean carries(NodeId to);

    /** A network without faults on purpose. */
    static LinkFilter all() {
        return _ -> true;
    }
}
