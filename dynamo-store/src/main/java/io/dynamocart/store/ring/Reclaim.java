package io.dynamocart.store.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change under strategy 3 (paper §6.2): nodes that are due more partitions than they have take them from those that
 * left and those that have too many, one at a time, each where it stands furthest from the taker's others and its zone.
 * Nothing else moves. Deterministic.
 */
final class Reclaim {

    /** How many places are looked at, at most, before the best of them is taken: what bounds the work on large rings. */
    private static final int PLACES = 256;

    private final Map<NodeId, Seat> seats = new TreeMap<>();
    private final List<@Nullable NodeId> owners;
    private final Map<NodeId, Integer> missing = new TreeMap<>();
    private final Map<NodeId, Integer> latest = new TreeMap<>();
    private final NavigableSet<Integer> open = new TreeSet<>();
    private final Neighbours neighbours;

    Reclaim(List<NodeId> before, List<Seat> given, int homes) {
        given.forEach(seat -> seats.put(seat.node(), seat));
        owners = new ArrayList<>(before);
        owners.replaceAll(owner -> seats.containsKey(owner) ? owner : null);
        neighbours = new Neighbours(owners, seats, Math.min(homes, seats.size()) - 1);
        Map<NodeId, Integer> held = new TreeMap<>();
        before.forEach(owner -> held.merge(owner, 1, Integer::sum));
        Shares.of(before.size(), given, held)
                .forEach((node, due) -> missing.put(node, due - held.getOrDefault(node, 0)));
        for (int place = 0; place < before.size(); place++) {
            if (isOpen(owners.get(place))) {
                open.add(place);
            }
        }
    }

    List<NodeId> owners() {
        for (NodeId taker = neediest(); taker != null; taker = neediest()) {
            take(taker, bestPlaceFor(taker));
        }
        List<NodeId> complete = new ArrayList<>();
        owners.forEach(owner -> {
            if (owner != null) {
                complete.add(owner);
            }
        });
        return complete;
    }

    private @Nullable NodeId neediest() {
        return seats.values().stream()
                .filter(seat -> missing(seat.node()) > 0)
                .min(Comparator.<Seat>comparingDouble(seat -> -(double) missing(seat.node()) / seat.weight())
                        .thenComparing(Comparator.naturalOrder()))
                .map(Seat::node)
                .orElse(null);
    }

    /** The first place clockwise from the taker's latest where it crowds nobody, or the best of those looked at. */
    private int bestPlaceFor(NodeId taker) {
        int from = latest.getOrDefault(taker, -1) + 1;
        int best = -1;
        int least = Integer.MAX_VALUE;
        int looked = 0;
        for (int place : clockwise(from)) {
            int crowding = neighbours.crowding(taker, place);
            int added = crowding - crowdingOfGiver(place);
            if (added < least) {
                best = place;
                least = added;
            }
            if (crowding == 0 || ++looked == PLACES) {
                break;
            }
        }
        return best;
    }

    private Iterable<Integer> clockwise(int from) {
        return () -> Stream.concat(open.tailSet(from).stream(), open.headSet(from).stream())
                .iterator();
    }

    private int crowdingOfGiver(int place) {
        NodeId giver = owners.get(place);
        return giver == null ? 0 : neighbours.crowding(giver, place);
    }

    private void take(NodeId taker, int place) {
        NodeId giver = owners.get(place);
        owners.set(place, taker);
        open.remove(place);
        missing.merge(taker, -1, Integer::sum);
        latest.put(taker, place);
        if (giver != null) {
            missing.merge(giver, 1, Integer::sum);
            if (missing(giver) == 0) {
                open.removeIf(other -> giver.equals(owners.get(other)));
            }
        }
    }

    private boolean isOpen(@Nullable NodeId owner) {
        return owner == null || missing(owner) < 0;
    }

    private int missing(NodeId node) {
        return missing.getOrDefault(node, 0);
    }
}
