package io.dynamocart.store.simulation;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;

/** Sees everything that happens in a simulated cluster, to check it or to count it. */
public interface Observer {

    /** A node sends a message. */
    default void onSend(NodeId from, NodeId to, Message message) {}

    /** A record is on a node's disk from now on, whatever happens. */
    default void onCommit(NodeId node, Key key, StoredRecord record) {}

    /** A node tells of something. */
    default void onEvent(NodeId node, NodeEvent event) {}

    /** An event of the simulation has been run to its end. */
    default void afterEvent() {}

    /** One more of something worth counting. */
    default void count(String what) {}
}
