package io.dynamocart.store.membership;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out who takes whose place under a plan. Each new home of a partition takes the place of one that goes, so that
 * at any time as many answer and count as before; a node that comes back without its disk takes its own.
 */
final class Moves {

    private final Map<NodeId, Incarnation> before;
    private final Map<NodeId, Incarnation> after;

    Moves(List<Member> before, List<Member> after) {
        this.before = byName(before);
        this.after = byName(after);
    }

    List<Move> between(Ring from, Ring to) {
        List<Move> moves = new ArrayList<>();
        for (PreferenceList list : to.preferenceLists()) {
            Partition partition = list.partition();
            List<Incarnation> homes =
                    incarnations(from.preferenceList(partition).home(), before);
            List<Incarnation> future = incarnations(list.home(), after);
            List<Incarnation> going = new ArrayList<>(homes);
            going.removeAll(future);
            for (Incarnation coming : future) {
                if (!homes.contains(coming)) {
                    moves.add(new Move(partition, placeFor(coming, going, future), coming));
                }
            }
        }
        return moves;
    }

    private static @Nullable Incarnation placeFor(
            Incarnation coming, List<Incarnation> going, List<Incarnation> future) {
        Incarnation former = going.stream()
                .filter(other -> other.node().equals(coming.node()))
                .findFirst()
                .orElseGet(() -> firstThatDoesNotComeBack(going, future));
        if (former != null) {
            going.remove(former);
        }
        return former;
    }

    private static @Nullable Incarnation firstThatDoesNotComeBack(List<Incarnation> going, List<Incarnation> future) {
        return going.stream()
                .filter(other -> future.stream().noneMatch(home -> home.node().equals(other.node())))
                .findFirst()
                .orElse(null);
    }

    static Map<NodeId, Incarnation> byName(List<Member> members) {
        Map<NodeId, Incarnation> byName = new TreeMap<>();
        members.forEach(member -> byName.put(member.id(), member.incarnation()));
        return byName;
    }

    static List<Incarnation> incarnations(List<NodeId> nodes, Map<NodeId, Incarnation> members) {
        List<Incarnation> incarnations = new ArrayList<>();
        for (NodeId node : nodes) {
            Incarnation incarnation = members.get(node);
            if (incarnation == null) {
                throw new IllegalStateException("%s is on the ring and no member".formatted(node));
            }
            incarnations.add(incarnation);
        }
        return incarnations;
    }
}
