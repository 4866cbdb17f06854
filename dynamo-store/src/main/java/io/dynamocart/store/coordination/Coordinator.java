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

    private static final Comparator<Recipient> LEAST_EXPECTED_FIRST =
            Comparator.comparing(Recipient::reachable).thenComparing(Recipient::trusted);

    /**
     * One of the home replicas, or else in the place of the one that is least expected to acknowledge the write itself,
     * since both count as one.
     *
     * @param homes at least one
     */
    public static Coordinator of(NodeId node, List<Recipient> homes) {
        boolean isHome = homes.stream().anyMatch(home -> home.node().equals(node));
        return new Coordinator(
                node,
                isHome
                        ? node
                        : homes.stream().min(LEAST_EXPECTED_FIRST).orElseThrow().node());
    }
}
