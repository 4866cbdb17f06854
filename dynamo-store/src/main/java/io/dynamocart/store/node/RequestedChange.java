package io.dynamocart.store.node;

import io.dynamocart.store.ring.NodeId;

/** A change of the membership that an operator asks for, by the names of nodes. */
public sealed interface RequestedChange {

    /** A node that runs, and has introduced itself, comes in. */
    record Join(NodeId node) implements RequestedChange {}

    /** A member hands over what it holds and goes. */
    record Leave(NodeId node) implements RequestedChange {}

    /** A member goes, and a node that runs takes its place. */
    record Replace(NodeId node, NodeId successor) implements RequestedChange {}

    /** A member gets the address, zone and weight that its settings say since its last start. */
    record Alter(NodeId node) implements RequestedChange {}
}
