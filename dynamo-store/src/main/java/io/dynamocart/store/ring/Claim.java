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
        left.putAll(Shares.of(partitions, given, new TreeMap<>()));
        reach = homes - 1;
    }

    /**
     * The owners of all partitions of a new ring.
     *
     * @param homes home replicas per key (N): so many neighbours should differ
     */
    public static List<NodeId> forNewRing(List<Seat> seats, int partitions, int homes) {
        Claim claim = new Claim(seats, partitions, homes);
        List<NodeId> owners = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            owners.add(claim.next(owners));
        }
        return owners;
    }

    /**
     * The owners after a change of the nodes, their weights or zones: everyone has its share again, and no more
     * partitions change hands than that takes.
     *
     * @param owners who owned each partition before
     */
    public static List<NodeId> forChange(List<NodeId> owners, List<Seat> seats, int homes) {
        return new Reclaim(owners, seats, homes).owners();
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
}
