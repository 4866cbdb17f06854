package io.dynamocart.app.cart;

import io.dynamocart.store.version.Dot;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/** Everything that any of some versions holds, before a strategy decides what of it is kept. */
final class Union {

    private final List<CartVersion> versions;

    Union(List<CartVersion> versions) {
        this.versions = versions;
    }

    SortedMap<OperationId, Entry> entries() {
        return join(CartState::entries, Entry::join);
    }

    SortedMap<OperationId, Remembered> remembered() {
        return join(CartState::remembered, Remembered::join);
    }

    SortedMap<String, Order> orders() {
        return join(CartState::orders, Order::join);
    }

    /** Two releases may disagree on a field that this one does not know; which wins only has to be the same anywhere. */
    SortedMap<String, Object> unknown() {
        return join(CartState::unknown, (left, right) -> CartCodec.compareUnknown(left, right) <= 0 ? left : right);
    }

    List<Dot> holdersOf(Entry entry) {
        return dotsOf(version -> version.state().entries().containsKey(entry.operation()));
    }

    List<Dot> dotsOf(Predicate<CartVersion> which) {
        return versions.stream().filter(which).map(CartVersion::dot).toList();
    }

    /** The merged cart if of all entries just these are kept. */
    CartState with(Collection<Entry> kept) {
        SortedMap<OperationId, Entry> entries = new TreeMap<>();
        kept.forEach(entry -> entries.put(entry.operation(), entry));
        return new CartState(entries, remembered(), orders(), unknown());
    }

    private <K, V> SortedMap<K, V> join(Function<CartState, SortedMap<K, V>> part, BinaryOperator<V> joinValues) {
        SortedMap<K, V> all = new TreeMap<>();
        versions.forEach(
                version -> part.apply(version.state()).forEach((key, value) -> all.merge(key, value, joinValues)));
        return all;
    }
}
