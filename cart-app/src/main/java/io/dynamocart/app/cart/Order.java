package io.dynamocart.app.cart;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a checkout took out of a cart.
 *
 * @param id hash of the cart, the checkout's key, and the operations taken, so that tries which took the same are one
 * @param checkout the operation
 * @param taken the operations whose entries it took, ascending; two orders that share one are in conflict
 */
public record Order(String id, OperationId checkout, List<Line> lines, List<OperationId> taken, Instant at) {

    private static final Comparator<Order> BY_AGE =
            Comparator.comparing(Order::at).thenComparing(order -> order.lines.toString());

    public Order {
        lines = List.copyOf(lines);
        taken = List.copyOf(taken);
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    static Order of(CartId cart, OperationId checkout, List<Line> lines, Collection<OperationId> taken, Instant at) {
        List<OperationId> sorted = taken.stream().sorted().toList();
        String[] parts = new String[sorted.size() + 2];
        parts[0] = cart.name();
        parts[1] = checkout.key().toString();
        for (int i = 0; i < sorted.size(); i++) {
            parts[i + 2] = sorted.get(i).toString();
        }
        return new Order(Hash.of(parts).toString(), checkout, lines, sorted, at);
    }

    /**
     * One order as two versions have it, made one. Both took the same things, but where their nodes did not know the same
     * prices, or the same tries of a set, these differ too; then the first counts, and of two of one time the same on every
     * node.
     */
    Order join(Order other) {
        return BY_AGE.compare(this, other) <= 0 ? this : other;
    }

    /** What only one order may have: its checkout, and what it took. Orders that share one are in conflict. */
    Stream<OperationId> claims() {
        return Stream.concat(Stream.of(checkout), taken.stream()).distinct();
    }

    public long totalQuantity() {
        return lines.stream().mapToLong(Line::quantity).sum();
    }

    public long subtotal() {
        return lines.stream().mapToLong(Line::total).sum();
    }
}
