package io.dynamocart.store.ring;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shares of nodes: how many partitions each is due by its weight: its share rounded down for all, and what is left
 * over, one each, to those that have more already, so that the fewest must move, then to those with the largest
 * fractions.
 */
final class Shares {

    private final int partitions;
    private final long weights;

    private Shares(int partitions, long weights) {
        this.partitions = partitions;
        this.weights = weights;
    }

    /** @param held what each node has now, nothing where it is not named */
    static Map<NodeId, Integer> of(int partitions, Collection<Seat> seats, Map<NodeId, Integer> held) {
        check(partitions, seats.size());
        Shares shares =
                new Shares(partitions, seats.stream().mapToLong(Seat::weight).sum());
        Map<NodeId, Integer> due = new TreeMap<>();
        seats.forEach(seat -> due.put(seat.node(), shares.down(seat)));
        int left =
                partitions - due.values().stream().mapToInt(Integer::intValue).sum();
        seats.stream()
                .filter(seat -> shares.fraction(seat) > 0)
                .sorted(Comparator.<Seat, Boolean>comparing(
                                seat -> held.getOrDefault(seat.node(), 0) <= shares.down(seat))
                        .thenComparing(
                                Comparator.comparingLong(shares::fraction).reversed())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(left)
                .forEach(seat -> due.merge(seat.node(), 1, Integer::sum));
        return due;
    }

    static void check(int partitions, int nodes) {
        if (nodes < 1 || partitions < nodes) {
            throw new IllegalArgumentException(
                    "%d partitions for %d members: each needs at least one".formatted(partitions, nodes));
        }
    }

    private int down(Seat seat) {
        return (int) (partitions * (long) seat.weight() / weights);
    }

    private long fraction(Seat seat) {
        return partitions * (long) seat.weight() % weights;
    }
}
