package io.dynamocart.store.ring;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change under strategy 3 (paper §6.2): nodes that are due more partitions than they have take them from those that
 * left and those that have too many, one at a time, each where it stands furthest from the taker's others and its zone.
 * Nothing else moves. Deterministic; nodes are numbers here, in the order of their names. Not thread-safe.
 */
final class Reclaim {

    /** How many places are looked at, at most, before the best of them is taken: bounds the work on large rings. */
    private static final int PLACES = 256;

    private final List<Seat> seats;
    private final Neighbours neighbours;
    private final int[] missing;
    private final int[] strides;
    private final int[] latest;
    private final NavigableSet<Integer> open = new TreeSet<>();

    Reclaim(List<NodeId> before, List<Seat> given, int homes) {
        seats = given.stream().sorted().toList();
        neighbours = new Neighbours(before, seats, homes);
        Map<NodeId, Integer> held = new TreeMap<>();
        before.forEach(owner -> held.merge(owner, 1, Integer::sum));
        Map<NodeId, Integer> due = Shares.of(before.size(), seats, held);
        missing = seats.stream()
                .map(Seat::node)
                .mapToInt(node -> due.getOrDefault(node, 0) - held.getOrDefault(node, 0))
                .toArray();
        latest = new int[missing.length];
        strides = Arrays.stream(missing)
                .map(lacks -> neighbours.places() / Math.max(1, lacks))
                .toArray();
        for (int place = 0; place < neighbours.places(); place++) {
            int owner = neighbours.ownerOf(place);
            if (owner == Neighbours.NOBODY || missing[owner] < 0) {
                open.add(place);
            }
        }
    }

    List<NodeId> owners() {
        for (int taker = neediest(); missing[taker] > 0; taker = neediest()) {
            take(taker, bestPlaceFor(taker));
        }
        return neighbours.owners();
    }

    /** The node that lacks most for its weight. */
    private int neediest() {
        int neediest = 0;
        for (int node = 1; node < missing.length; node++) {
            long most = (long) missing[neediest] * seats.get(node).weight();
            if ((long) missing[node] * seats.get(neediest).weight() > most) {
                neediest = node;
            }
        }
        return neediest;
    }

    /** The first place, a stride from the taker's latest, where it crowds nobody, or the best of those looked at. */
    private int bestPlaceFor(int taker) {
        int place = openFrom((latest[taker] + strides[taker]) % neighbours.places());
        int best = place;
        int least = Integer.MAX_VALUE;
        for (int left = Math.min(PLACES, open.size()); left > 0; left--) {
            int crowding = neighbours.crowding(taker, place);
            int added = crowding - neighbours.crowding(place);
            if (added < least) {
                best = place;
                least = added;
            }
            if (crowding == 0) {
                break;
            }
            place = openFrom(place + 1);
        }
        return best;
    }

    private int openFrom(int place) {
        Integer next = open.ceiling(place);
        return next == null ? open.getFirst() : next;
    }

    private void take(int taker, int place) {
        int giver = neighbours.ownerOf(place);
        neighbours.setOwner(place, taker);
        open.remove(place);
        missing[taker]--;
        latest[taker] = place;
        if (giver != Neighbours.NOBODY) {
            missing[giver]++;
            if (missing[giver] == 0) {
                open.removeIf(other -> neighbours.ownerOf(other) == giver);
            }
        }
    }
}
