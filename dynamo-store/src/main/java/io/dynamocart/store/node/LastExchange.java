package io.dynamocart.store.node;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import java.time.Instant;

/**
 * The last exchange of a partition with another home replica of it that this node led.
 *
 * @param ended when, by this node's clock
 * @param complete false if it was broken off: a side did not answer, or has not made its tree yet
 * @param repaired keys brought to the same versions at both sides
 * @param failed keys that could not be read or written at one side
 */
public record LastExchange(
        Partition partition, NodeId peer, Instant ended, boolean complete, int repaired, int failed) {}
