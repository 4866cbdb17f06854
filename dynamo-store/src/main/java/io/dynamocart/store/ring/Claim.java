package io.dynamocart.store.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Strategy 3 (paper §6.2): hands Q equal partitions to nodes so that each owns its share by weight, rounded up or
 * down, and neighbours on the ring lie on different nodes and in different zones where that is possible. Deterministic:
 * the order in which the seats are given does not matter. Nodes and zones are numbers here, in the order of their
 * names, since every node of a large cluster works this out for every partition.
 */
public final class Claim {

    private static final int NEVER = -1;

    private final List<Seat> seats;
    private final int reach;
    private final int[] zones;
    private final int[] left;
    /** The latest place of each node and each zone. */
    private final int[] lastOfNode;

    private final int[] lastOfZone;

    private Claim(List<Seat> given, int partitions, int homes) {
        seats = given.stream().sorted().toList();
        reach = homes - 1;
        Map<NodeId, Integer> due = Shares.of(partitions, seats, new TreeMap<>());
        left = seats.stream().mapToInt(seat -> due.getOrDefault(seat.node(), 0)).toArray();
        List<String> names = seats.stream().map(Seat::zone).distinct().toList();
        zones = seats.stream().mapToInt(seat -> names.indexOf(seat.zone())).toArray();
        lastOfNode = new int[seats.size()];
        lastOfZone = new int[names.size()];
        Arrays.fill(lastOfNode, NEVER);
        Arrays.fill(lastOfZone, NEVER);
    }

    /**
     * The owners of all partitions of a new ring.
     *
     * @param homes home replicas per key (N): so many neighbours should differ
     */
    public static List<NodeId> forNewRing(List<Seat> seats, int partitions, int homes) {
        Claim claim = new Claim(seats, partitions, homes);
        List<NodeId> owners = new ArrayList<>(partitions);
        for (int place = 0; place < partitions; place++) {
            owners.add(claim.next(place));
        }
        return owners;
    }

    /**
     * The owners after a change of the nodes or their weights: everyone has its share again, and no more partitions
     * change hands than that takes.
     *
     * @param owners who owned each partition before
     */
    public static List<NodeId> forChange(List<NodeId> owners, List<Seat> seats, int homes) {
        return new Reclaim(owners, seats, homes).owners();
    }

    /**
     * The owners after a change like that of {@link #forChange}, where nodes that stay are in other zones than before:
     * partitions change hands until neighbours are apart again, since otherwise some of equal weight would hold a
     * multiple of what others do.
     */
    public static List<NodeId> forOtherZones(List<NodeId> owners, List<Seat> seats, int homes) {
        return new Regroup(forChange(owners, seats, homes), seats, homes).owners();
    }

    /** Hands a place to the node that fits best behind the owners of those before it. */
    private NodeId next(int place) {
        int best = 0;
        for (int node = 1; node < left.length; node++) {
            if (left[node] > 0 && (left[best] == 0 || fitsBetter(node, best, place))) {
                best = node;
            }
        }
        left[best]--;
        lastOfNode[best] = place;
        lastOfZone[zones[best]] = place;
        return seats.get(best).node();
    }

    /** Furthest from itself and its zone, then with most left to claim for its weight. */
    private boolean fitsBetter(int node, int other, int place) {
        int byNode = Integer.compare(within(lastOfNode[node], place), within(lastOfNode[other], place));
        if (byNode != 0) {
            return byNode < 0;
        }
        int byZone = Integer.compare(within(lastOfZone[zones[node]], place), within(lastOfZone[zones[other]], place));
        return byZone != 0 ? byZone < 0 : shareLeft(node) > shareLeft(other);
    }

    /** Beyond reach it does not matter how far away it is. */
    private int within(int last, int place) {
        return last < place - reach ? NEVER : last;
    }

    private double shareLeft(int node) {
        return (double) left[node] / seats.get(node).weight();
    }
}
