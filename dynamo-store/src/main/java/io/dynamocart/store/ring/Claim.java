package io.dynamocart.store.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Strategy 3 (paper §6.2): hands Q equal partitions to nodes so that each owns its share by weight, rounded up or
 * down, and neighbours on the ring lie on different nodes and in different zones where that is possible. Deterministic:
 * the order in which the seats are given does not matter.
 */
public final class Claim {

    private final Map<NodeId, Seat> seats = new TreeMap<>();
    private final Map<NodeId, Integer> left = new TreeMap<>();
    private final int reach;

    private Claim(List<Seat> given, int partitions, int homes) {
        given.forEach(seat -> seats.put(seat.node(), seat));
        left.putAll(quotas(partitions));
        reach = homes - 1;
    }

    /**
     * The owners of all partitions of a new ring.
     *
     * @param homes home replicas per key (N): so many neighbours should differ
     */
    public static List<NodeId> forNewRing(List<Seat> seats, int partitions, int homes) {
        if (seats.isEmpty() || partitions < seats.size()) {
            throw new IllegalArgumentException(
                    "%d partitions for %d nodes: each needs at least one".formatted(partitions, seats.size()));
        }
        Claim claim = new Claim(seats, partitions, homes);
        List<NodeId> owners = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            owners.add(claim.next(owners));
        }
        return owners;
    }

    /** The node that fits best behind these owners: furthest from itself and its zone, then with most left to claim. */
    private NodeId next(List<NodeId> owners) {
        List<NodeId> neighbours = owners.subList(Math.max(0, owners.size() - reach), owners.size());
        Comparator<Seat> fit = Comparator.<Seat>comparingInt(seat -> neighbours.lastIndexOf(seat.node()))
                .thenComparingInt(seat -> lastInZone(neighbours, seat.zone()))
                .thenComparing(Comparator.comparingDouble(this::shareLeft).reversed())
                .thenComparing(Comparator.naturalOrder());
        Seat best = seats.values().stream()
                .filter(seat -> leftFor(seat.node()) > 0)
                .min(fit)
                .orElseThrow();
        left.merge(best.node(), -1, Integer::sum);
        return best.node();
    }

    private int lastInZone(List<NodeId> neighbours, String zone) {
        for (int i = neighbours.size() - 1; i >= 0; i--) {
            Seat seat = seats.get(neighbours.get(i));
            if (seat != null && seat.zone().equals(zone)) {
                return i;
            }
        }
        return -1;
    }

    private double shareLeft(Seat seat) {
        return (double) leftFor(seat.node()) / seat.weight();
    }

    private int leftFor(NodeId node) {
        return left.getOrDefault(node, 0);
    }

    /** Largest remainders: everyone gets its share rounded down, the largest fractions get one more. */
    private Map<NodeId, Integer> quotas(int partitions) {
        long weights = seats.values().stream().mapToLong(Seat::weight).sum();
        Map<NodeId, Integer> quotas = new TreeMap<>();
        seats.values().forEach(seat -> quotas.put(seat.node(), (int) (partitions * (long) seat.weight() / weights)));
        int rest = partitions
                - quotas.values().stream().mapToInt(Integer::intValue).sum();
        seats.values().stream()
                .sorted(Comparator.<Seat>comparingLong(seat -> partitions * (long) seat.weight() % weights)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(rest)
                .forEach(seat -> quotas.merge(seat.node(), 1, Integer::sum));
        return quotas;
    }
}
