package io.dynamocart.store.ring;

/**
 * A node as the ring sees it.
 *
 * @param zone rack, room or data centre that may fail as a whole; replicas of a key go to different ones
 * @param weight how large a share of the ring it takes, compared with the others; at least 1
 */
public record Seat(NodeId node, String zone, int weight) implements Comparable<Seat> {

    public Seat {
        if (weight < 1) {
            throw new IllegalArgumentException("weight %d of %s is below 1".formatted(weight, node));
        }
    }

    @Override
    public int compareTo(Seat other) {
        return node.compareTo(other.node);
    }
}
