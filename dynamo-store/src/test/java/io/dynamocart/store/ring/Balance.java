package io.dynamocart.store.ring;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How evenly a layout spreads the keys, and what it costs to know it: the two axes of the paper's Figure 8.
 *
 * @param load how much each node holds as a home replica, as a part of all keys; the sum is N
 * @param efficiency mean load over largest load, both per unit of weight: 1 is perfect
 * @param tokens entries of the table that every node must know of every other (S·T, or Q with strategy 3)
 */
record Balance(NavigableMap<NodeId, Double> load, double efficiency, int tokens) {

    public Balance {
        load = Collections.unmodifiableNavigableMap(new TreeMap<>(load));
    }

    static Balance of(Layout layout) {
        NavigableMap<NodeId, Double> load = new TreeMap<>();
        layout.seats().forEach(seat -> load.put(seat.node(), 0.0));
        Ring ring = layout.ring();
        Token before = ring.ends().getLast();
        for (PreferenceList list : ring.preferenceLists()) {
            Token end = ring.ends().get(list.partition().index());
            double width = partOfRing(before, end);
            list.home().forEach(node -> load.merge(node, width, Double::sum));
            before = end;
        }
        return new Balance(load, efficiency(layout, load), layout.tokens().size());
    }

    private static double partOfRing(Token before, Token end) {
        BigInteger width = end.minus(before);
        return width.signum() == 0 ? 1 : width.doubleValue() / Token.RING.doubleValue();
    }

    private static double efficiency(Layout layout, Map<NodeId, Double> load) {
        double total = load.values().stream().mapToDouble(Double::doubleValue).sum();
        double weights = layout.seats().stream().mapToLong(Seat::weight).sum();
        double largest = layout.seats().stream()
                .mapToDouble(seat -> load.getOrDefault(seat.node(), 0.0) / seat.weight())
                .max()
                .orElseThrow();
        return total / weights / largest;
    }
}
