package io.dynamocart.store.membership;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The forced removals: who was removed, and who has that on disk. A removal takes effect beside all plans, so that a
 * plan which waits for a dead node can go on. Grows only.
 *
 * @param storedBy the members that know it, for each incarnation that was removed
 */
record Removals(NavigableMap<Incarnation, NavigableSet<Incarnation>> storedBy) {

    static final Removals NONE = new Removals(new TreeMap<>());

    Removals {
        storedBy = Collections.unmodifiableNavigableMap(storedBy);
    }

    /** The members that count as removed. Where members have removed one another to the last, nobody does. */
    NavigableSet<Incarnation> effective(Set<Incarnation> members) {
        NavigableSet<Incarnation> removed = new TreeSet<>(storedBy.keySet());
        if (removed.containsAll(members)) {
            removed.removeAll(members);
        }
        return removed;
    }

    /** The most members that are removed in the knowledge of every member that is not. */
    NavigableSet<Incarnation> agreed(Set<Incarnation> members) {
        NavigableSet<Incarnation> agreed = effective(members);
        agreed.retainAll(members);
        NavigableSet<Incarnation> rest = new TreeSet<>(members);
        rest.removeAll(agreed);
        for (boolean changed = true; changed; ) {
            NavigableSet<Incarnation> unknown = new TreeSet<>(agreed);
            unknown.removeIf(removed -> isStoredBy(rest, removed));
            changed = !unknown.isEmpty();
            agreed.removeAll(unknown);
            rest.addAll(unknown);
        }
        return agreed;
    }

    Removals merge(Removals other) {
        NavigableMap<Incarnation, NavigableSet<Incarnation>> all = new TreeMap<>(storedBy);
        other.storedBy.forEach((removed, by) -> all.merge(removed, by, Removals::union));
        return new Removals(all);
    }

    Removals with(Incarnation removed, Incarnation storedBy) {
        return merge(new Removals(new TreeMap<>(Collections.singletonMap(removed, one(storedBy)))));
    }

    /** These removals, all of them stored by this member, which has them on its disk. */
    Removals allStoredBy(Incarnation member) {
        NavigableMap<Incarnation, NavigableSet<Incarnation>> all = new TreeMap<>(storedBy);
        all.replaceAll((_, by) -> union(by, one(member)));
        return new Removals(all);
    }

    Removals without(Set<Incarnation> gone) {
        NavigableMap<Incarnation, NavigableSet<Incarnation>> rest = new TreeMap<>(storedBy);
        rest.keySet().removeAll(gone);
        return new Removals(rest);
    }

    boolean isStoredBy(Set<Incarnation> members, Incarnation removed) {
        NavigableSet<Incarnation> by = storedBy.get(removed);
        return by != null && by.containsAll(members);
    }

    private static NavigableSet<Incarnation> one(Incarnation member) {
        return new TreeSet<>(Collections.singleton(member));
    }

    private static NavigableSet<Incarnation> union(NavigableSet<Incarnation> left, NavigableSet<Incarnation> right) {
        NavigableSet<Incarnation> union = new TreeSet<>(left);
        union.addAll(right);
        return Collections.unmodifiableNavigableSet(union);
    }
}
