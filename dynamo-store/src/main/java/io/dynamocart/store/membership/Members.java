package io.dynamocart.store.membership;

import io.dynamocart.store.ring.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/** Tells who belongs to a cluster in which way. */
final class Members {

    private Members() {}

    /**
     * The members on the ring: settled ones and, while a plan is open, those that come; without those that were
     * removed.
     */
    static List<Member> onRing(Lineage lineage) {
        NavigableMap<NodeId, Member> members = new TreeMap<>(lineage.settled().everyone());
        lineage.plan().ifPresent(plan -> plan.after().forEach(member -> members.put(member.id(), member)));
        NavigableSet<Incarnation> removed = lineage.election().removed();
        return members.values().stream()
                .filter(member -> !removed.contains(member.incarnation()))
                .toList();
    }

    static boolean isOnRing(Lineage lineage, Incarnation node) {
        return onRing(lineage).stream().map(Member::incarnation).anyMatch(node::equals);
    }

    /** Settled members that were force-removed and still own a part of the ring. */
    static NavigableSet<Incarnation> removed(Lineage lineage) {
        NavigableSet<Incarnation> removed = lineage.settled().incarnations();
        removed.retainAll(lineage.election().removed());
        return removed;
    }

    /** Members of other foundings that could join this one: neither their names nor themselves were ever in it. */
    static List<Member> strangers(Lineage lineage, Collection<Lineage> all) {
        NavigableMap<NodeId, Member> strangers = new TreeMap<>();
        all.stream()
                .flatMap(other -> other.settled().members().values().stream())
                .filter(member -> !lineage.settled().everyone().containsKey(member.id()))
                .filter(member -> !isSpent(lineage, member.incarnation()))
                .forEach(member -> strangers.putIfAbsent(member.id(), member));
        return List.copyOf(strangers.values());
    }

    /** Whether this incarnation was a member or was removed, so that it cannot join. */
    static boolean isSpent(Lineage lineage, Incarnation node) {
        return lineage.settled().gone().contains(node)
                || lineage.removals().storedBy().containsKey(node);
    }
}
