package io.dynamocart.app.cart;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a cart as shoppers see it, computed from the entries of its item.
 *
 * @param quantity the sum of what was added, and of the largest of what was set per register
 * @param unitPrice the price that no later one replaces; among several the one with the latest clock, then dot
 */
public record Line(ItemId item, long quantity, long unitPrice) {

    private static final Comparator<Entry> BY_PRICE_AGE = Comparator.comparing(Entry::outdated)
            .reversed()
            .thenComparing(Entry::pricedAt)
            .thenComparing(Line::compareBirths)
            .thenComparing(Entry::operation);

    static Line of(ItemId item, Collection<Entry> entries) {
        Map<Register, Integer> largest = new TreeMap<>();
        long quantity = 0;
        for (Entry entry : entries) {
            switch (entry.effect()) {
                case Effect.Adds _ -> quantity += entry.quantity();
                case Effect.Sets(Register register) -> largest.merge(register, entry.quantity(), Math::max);
            }
        }
        quantity += largest.values().stream().mapToLong(Integer::longValue).sum();
        Entry latest = entries.stream().max(BY_PRICE_AGE).orElseThrow();
        return new Line(item, quantity, latest.unitPrice());
    }

    public long total() {
        return Math.multiplyExact(quantity, unitPrice);
    }

    /** By the last birth; an entry that is just being written comes after all others. */
    private static int compareBirths(Entry left, Entry right) {
        if (left.births().isEmpty() || right.births().isEmpty()) {
            return Boolean.compare(left.births().isEmpty(), right.births().isEmpty());
        }
        return left.births().getLast().compareTo(right.births().getLast());
    }
}
