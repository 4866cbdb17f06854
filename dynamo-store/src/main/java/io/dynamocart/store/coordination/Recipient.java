package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;

/**
 * A home replica as a write finds it.
 *
 * @param reachable whether messages have a way to it
 * @param trusted whether it may be expected to answer
 */
public record Recipient(NodeId node, boolean reachable, boolean trusted) {}
