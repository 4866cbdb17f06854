package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;
import java.util.Comparator;
import java.util.List;

/**
 * The node that coordinates a write, and has it first.
 *
 * @param inPlaceOf the home replica in whose place it has it: itself, if it is one
 */
public record Coordinator(NodeId node, NodeId inPlaceOf) {

    /**
     * The coordinator of a write: one of the home replicas, or else a node in the place of the one that is least
     * expected to acknowledge the write itself, since both count as one. Of several alike it is the first.
     *
     * @param homes at least one; places that have none behind those that have
     */
    public static Coordinator of(NodeId node, List<Recipient> homes) {
        boolean isHome = homes.stream().anyMatch(home -> home.node().equals(node));
        return new Coordinator(
                node,
                isHome
                        ? node
                        : homes.stream()
                                .max(Comparator.comparing(Recipient::state))
                                .orElseThrow()
                                .node());
    }
}
