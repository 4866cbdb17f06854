package io.dynamocart.store.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The walk around the ring that makes a preference list: from a position clockwise, each node once (paper §4.3). */
final class Walk {

    private final List<Token> tokens;
    private final List<List<NodeId>> orders;
    private final Map<NodeId, Seat> seats = new TreeMap<>();
    private final int homes;

    Walk(NavigableMap<Token, NodeId> owners, List<Seat> seats, int homes) {
        if (homes < 1) {
            throw new IllegalArgumentException("%d home replicas".formatted(homes));
        }
        seats.forEach(seat -> this.seats.put(seat.node(), seat));
        if (owners.isEmpty() || !this.seats.keySet().containsAll(owners.values())) {
            throw new IllegalArgumentException("every token needs an owner among the seats");
        }
        this.tokens = List.copyOf(owners.keySet());
        this.orders = orders(List.copyOf(owners.values()), this.seats.keySet());
        this.homes = Math.min(homes, this.seats.size());
    }

    /** Homes first: the first nodes met that lie in different zones, then, where zones are too few, the first met. */
    PreferenceList preferenceList(Partition partition, Token end) {
        List<NodeId> met = clockwiseFrom(end);
        SequencedSet<NodeId> chosen = new LinkedHashSet<>();
        Set<String> zones = new TreeSet<>();
        for (NodeId node : met) {
            if (chosen.size() < homes && zones.add(zoneOf(node))) {
                chosen.add(node);
            }
        }
        for (NodeId node : met) {
            if (chosen.size() < homes) {
                chosen.add(node);
            }
        }
        chosen.addAll(met);
        return new PreferenceList(partition, new ArrayList<>(chosen), homes);
    }

    private List<NodeId> clockwiseFrom(Token position) {
        int found = Collections.binarySearch(tokens, position);
        int first = found >= 0 ? found : -found - 1;
        return orders.get(first % orders.size());
    }

    /**
     * For each token, all nodes in order of first appearance from there; those that own none come last. Backwards,
     * since one token earlier its owner comes first and nothing else changes.
     */
    private static List<List<NodeId>> orders(List<NodeId> owners, Set<NodeId> nodes) {
        List<NodeId> order = new ArrayList<>(nodes);
        owners.reversed().forEach(owner -> bringToFront(owner, order));
        List<List<NodeId>> orders = new ArrayList<>();
        for (NodeId owner : owners.reversed()) {
            bringToFront(owner, order);
            orders.add(List.copyOf(order));
        }
        return orders.reversed();
    }

    private static void bringToFront(NodeId node, List<NodeId> order) {
        order.remove(node);
        order.addFirst(node);
    }

    private String zoneOf(NodeId node) {
        Seat seat = seats.get(node);
        if (seat == null) {
            throw new IllegalStateException("%s has no seat".formatted(node));
        }
        return seat.zone();
    }
}
