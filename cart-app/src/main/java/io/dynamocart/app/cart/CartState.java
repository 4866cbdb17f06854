package io.dynamocart.app.cart;

import io.dynamocart.store.version.Dot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of one version of a cart: entries, what was removed lately, and orders taken out of it. Immutable.
 *
 * @param entries what is in the cart, by the operation that put it there
 * @param remembered operations that must not have their effect again
 * @param orders checkouts, kept as long as they are remembered
 * @param unknown fields that a later release wrote and this one passes on
 */
public record CartState(
        SortedMap<OperationId, Entry> entries,
        SortedMap<OperationId, Remembered> remembered,
        SortedMap<String, Order> orders,
        SortedMap<String, Object> unknown) {

    private static final CartState EMPTY =
            new CartState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    public CartState {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        remembered = Collections.unmodifiableSortedMap(new TreeMap<>(remembered));
        orders = Collections.unmodifiableSortedMap(new TreeMap<>(orders));
        unknown = Collections.unmodifiableSortedMap(new TreeMap<>(unknown));
    }

    /** The cart that nobody wrote. */
    public static CartState empty() {
        return EMPTY;
    }

    /** The lines, ascending by item. */
    public List<Line> lines() {
        return linesOf(entries.values());
    }

    public Optional<Line> line(ItemId item) {
        List<Entry> found = entriesOf(item);
        return found.isEmpty() ? Optional.empty() : Optional.of(Line.of(item, found));
    }

    public List<Entry> entriesOf(ItemId item) {
        return entries.values().stream()
                .filter(entry -> entry.item().equals(item))
                .toList();
    }

    /** Entries and remembered operations: what counts towards the limit of a cart. */
    public int size() {
        return entries.size() + remembered.size();
    }

    /** Whether the operation has had its effect; of a merge, the first half of it. */
    public boolean knows(OperationId operation) {
        return entries.containsKey(operation) || remembered.containsKey(operation);
    }

    /**
     * Operations whose entries this cart's own shoppers have taken out, as far as that is remembered: among them what they
     * have ordered, also where a merge into another cart took it out without having seen that.
     */
    Stream<OperationId> withdrawn() {
        return Stream.concat(
                        remembered.values().stream()
                                .filter(Remembered::isWithdrawn)
                                .map(Remembered::operation),
                        orders.values().stream()
                                .flatMap(order -> order.taken().stream())
                                .filter(taken -> remembered.containsKey(taken)))
                .distinct();
    }

    /** Whether an operation is known that has the same idempotency key and asks for something else. */
    public boolean knowsMisuseOf(OperationId operation) {
        return misuses(entries, operation) || misuses(remembered, operation);
    }

    /** The order that this checkout made; of several the first by id. */
    public Optional<Order> orderOf(OperationId checkout) {
        return orders.values().stream()
                .filter(order -> order.checkout().equals(checkout))
                .findFirst();
    }

    /** Ids of orders that took the same entries on two sides of a partition, for fulfilment to cancel all but one. */
    public List<String> conflictingOrders() {
        Map<OperationId, Long> claims = orders.values().stream()
                .flatMap(Order::claims)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return orders.values().stream()
                .filter(order -> order.claims().anyMatch(claim -> claims.getOrDefault(claim, 0L) > 1))
                .map(Order::id)
                .toList();
    }

    /** The same cart as it is found in a version: entries without a birth were brought in by that one. */
    CartState foundIn(Dot version) {
        SortedMap<OperationId, Entry> named = new TreeMap<>();
        entries.forEach((operation, entry) -> named.put(operation, entry.foundIn(version)));
        return new CartState(named, remembered, orders, unknown);
    }

    static List<Line> linesOf(Collection<Entry> entries) {
        Map<ItemId, List<Entry>> byItem = new TreeMap<>();
        for (Entry entry : entries) {
            byItem.computeIfAbsent(entry.item(), _ -> new ArrayList<>()).add(entry);
        }
        return byItem.entrySet().stream()
                .map(line -> Line.of(line.getKey(), line.getValue()))
                .toList();
    }

    /** Operations of one key lie side by side in the order of the map. */
    private static boolean misuses(SortedMap<OperationId, ?> known, OperationId operation) {
        OperationId first = new OperationId(operation.key(), new Hash(0, 0));
        for (OperationId candidate : known.tailMap(first).keySet()) {
            if (!candidate.key().equals(operation.key())) {
                return false;
            }
            if (candidate.misuses(operation)) {
                return true;
            }
        }
        return false;
    }
}
