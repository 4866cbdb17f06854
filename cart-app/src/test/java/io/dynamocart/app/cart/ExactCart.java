package io.dynamocart.app.cart;

import io.dynamocart.app.cart.ExactWrite.Ordered;
import io.dynamocart.app.cart.ExactWrite.Put;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An account of one cart that owes nothing to clocks, versions or merges. Every write has a number, what anybody knows
 * is a set of numbers, and what the cart then holds follows from adding up and taking away. Nothing is ever forgotten.
 */
final class ExactCart {

    private final List<ExactWrite> writes = new ArrayList<>();
    private final Map<String, Integer> releases = new TreeMap<>();

    /** Notes a write down and returns its number. */
    int note(ExactWrite write) {
        writes.add(write);
        return writes.size() - 1;
    }

    boolean isDone(String request, Set<Integer> known) {
        return all(known)
                .anyMatch(
                        write -> write.request().equals(request) || write.puts().containsKey(request));
    }

    /** All that was put in, less all that was taken out. */
    Map<String, Put> present(Set<Integer> known) {
        Map<String, Put> present = everPut(known);
        all(known).forEach(write -> present.keySet().removeAll(write.takes()));
        return present;
    }

    /** All that was put in, whether or not it is still there. */
    Map<String, Put> everPut(Set<Integer> known) {
        Map<String, Put> puts = new TreeMap<>();
        all(known).forEach(write -> write.puts().forEach((name, put) -> puts.merge(name, put, Put::join)));
        return puts;
    }

    /** What was put in by this cart's own devices, and taken out by them: not what logins copied, here or there. */
    Set<String> withdrawn(Set<Integer> known) {
        Set<String> withdrawn = new TreeSet<>(everPut(known).keySet());
        withdrawn.removeAll(present(known).keySet());
        withdrawn.removeIf(ExactRequest::isCopy);
        all(known).filter(write -> write.release() != null).forEach(write -> withdrawn.removeAll(write.takes()));
        return withdrawn;
    }

    /** What these of its checkouts have taken. */
    Set<String> ordered(Predicate<String> requests, Set<Integer> known) {
        return all(known)
                .filter(write -> write.order() != null && requests.test(write.request()))
                .flatMap(write -> write.takes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The writes that put in what is there of these items. */
    Set<Integer> birthsOf(Predicate<ItemId> items, Set<Integer> known) {
        Map<String, Put> present = present(known);
        present.values().removeIf(put -> !items.test(put.item()));
        return known.stream()
                .filter(number -> writes.get(number).puts().keySet().stream().anyMatch(present::containsKey))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> outdated(Set<Integer> known) {
        Set<String> outdated = new HashSet<>();
        all(known).forEach(write -> outdated.addAll(write.outdates()));
        return outdated;
    }

    /** Where those who know of these writes set quantities: with all who know of the same releases. */
    String register(Set<Integer> known) {
        return all(known)
                .map(ExactWrite::release)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    /** The number of the release that takes this out; it is one, whoever does it who knows of the same before it. */
    int release(Set<Integer> known, Set<String> taken) {
        return releases.computeIfAbsent(register(known) + new TreeSet<>(taken), _ -> releases.size());
    }

    List<Line> lines(Set<Integer> known) {
        Map<String, Put> present = present(known);
        Set<String> outdated = outdated(known);
        return byItem(present).entrySet().stream()
                .map(line -> {
                    Collection<Put> puts = line.getValue().values();
                    return new Line(line.getKey(), Put.quantityOf(puts), price(line.getValue(), outdated));
                })
                .toList();
    }

    /** Quantities by item of the orders that these checkouts made; the same checkout of the same things is one. */
    List<Map<ItemId, Long>> orders(Set<Integer> known, Predicate<ExactWrite> which) {
        return checkouts(known).stream()
                .filter(which)
                .map(ExactWrite::order)
                .filter(Objects::nonNull)
                .map(Ordered::quantities)
                .toList();
    }

    /** How many orders are of one checkout, or about one thing, with another. */
    long conflictingOrders(Set<Integer> known) {
        Collection<ExactWrite> orders = checkouts(known);
        return orders.stream()
                .filter(one -> orders.stream().anyMatch(other -> !one.equals(other) && conflict(one, other)))
                .count();
    }

    private Collection<ExactWrite> checkouts(Set<Integer> known) {
        Map<String, ExactWrite> orders = new TreeMap<>();
        all(known)
                .filter(write -> write.order() != null)
                .forEach(
                        write -> orders.merge(write.request() + new TreeSet<>(write.takes()), write, ExactWrite::join));
        return orders.values();
    }

    private Stream<ExactWrite> all(Set<Integer> known) {
        return known.stream().map(writes::get);
    }

    private static boolean conflict(ExactWrite one, ExactWrite other) {
        return one.request().equals(other.request()) || one.takes().stream().anyMatch(other.takes()::contains);
    }

    /** How many of each item these are, for those who know of these writes. */
    Map<ItemId, Long> quantities(Set<String> names, Set<Integer> known) {
        Map<String, Put> puts = everPut(known);
        puts.keySet().retainAll(names);
        Map<ItemId, Long> quantities = new TreeMap<>();
        byItem(puts).forEach((item, line) -> quantities.put(item, Put.quantityOf(line.values())));
        return quantities;
    }

    private static Map<ItemId, Map<String, Put>> byItem(Map<String, Put> puts) {
        Map<ItemId, Map<String, Put>> lines = new TreeMap<>();
        puts.forEach((name, put) ->
                lines.computeIfAbsent(put.item(), _ -> new TreeMap<>()).put(name, put));
        return lines;
    }

    /** The latest that no later one has replaced. */
    private static long price(Map<String, Put> line, Set<String> outdated) {
        Comparator<Map.Entry<String, Put>> byAge = Comparator.comparing(put -> !outdated.contains(put.getKey()));
        return line.entrySet().stream()
                .max(byAge.thenComparing(put -> put.getValue().clock()))
                .orElseThrow()
                .getValue()
                .price();
    }
}
