package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The places that a plan left with those who had them: the nodes that were to take these over were removed before they
 * did. The next plan moves them from there. Immutable.
 *
 * @param places the partitions, by number, in which each of them goes on
 * @param leaving those of them that the plan took out: they stay members for the sake of their places
 */
record Caretakers(NavigableMap<Caretaker, BitSet> places, NavigableMap<Incarnation, Member> leaving) {

    static final Caretakers NONE = new Caretakers(new TreeMap<>(), new TreeMap<>());

    Caretakers {
        NavigableMap<Caretaker, BitSet> some = new TreeMap<>(places);
        some.values().removeIf(BitSet::isEmpty);
        NavigableMap<Incarnation, Member> staying = new TreeMap<>(leaving);
        staying.keySet().retainAll(some.keySet().stream().map(Caretaker::node).toList());
        places = Collections.unmodifiableNavigableMap(some);
        leaving = Collections.unmodifiableNavigableMap(staying);
    }

    /**
     * The caretakers that a plan leaves behind. Where its ring is cut finer than the one that it leads to, only those
     * who gave all of a partition to the same node.
     *
     * @param undone the moves whose givers have not stopped
     */
    static Caretakers after(Plan plan, Set<Move> undone) {
        if (undone.isEmpty()) {
            return NONE;
        }
        Ring next = plan.layout().ring();
        Map<Partition, List<Partition>> pieces = plan.to().preferenceLists().stream()
                .map(PreferenceList::partition)
                .collect(Collectors.groupingBy(piece -> wholeOf(piece, plan.to(), next)));
        NavigableMap<Caretaker, BitSet> places = new TreeMap<>();
        for (Move move : undone) {
            Incarnation giver = move.from();
            Partition whole = wholeOf(move.partition(), plan.to(), next);
            if (giver != null
                    && pieces.getOrDefault(whole, List.of()).stream()
                            .allMatch(piece -> undone.contains(new Move(piece, giver, move.to())))) {
                places.computeIfAbsent(new Caretaker(giver, move.to()), _ -> new BitSet())
                        .set(whole.index());
            }
        }
        NavigableMap<Incarnation, Member> leaving = new TreeMap<>();
        plan.before().forEach(member -> leaving.put(member.incarnation(), member));
        plan.after().forEach(member -> leaving.remove(member.incarnation()));
        return new Caretakers(places, leaving);
    }

    /** The partition of {@code ring} in which this one of a finer ring lies. */
    static Partition wholeOf(Partition piece, Ring finer, Ring ring) {
        return ring.partitionAt(finer.ends().get(piece.index()));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Who answers and counts in the place of this home replica: itself, unless somebody goes on there. */
    Incarnation holderOf(Partition partition, Incarnation home) {
        return places.entrySet().stream()
                .filter(each -> each.getKey().insteadOf().equals(home)
                        && each.getValue().get(partition.index()))
                .map(each -> each.getKey().node())
                .findFirst()
                .orElse(home);
    }

    /**
     * The ring as it is, with these in the places that are others' by the layout. Those that are leaving are stand-ins
     * elsewhere.
     *
     * @param members all of them, by name
     */
    Ring on(Ring ring, Map<NodeId, Incarnation> members) {
        return isEmpty()
                ? ring
                : new Ring(
                        ring.ends(),
                        ring.preferenceLists().stream()
                                .map(list -> on(list, members))
                                .toList());
    }

    private PreferenceList on(PreferenceList list, Map<NodeId, Incarnation> members) {
        Set<NodeId> homes = new LinkedHashSet<>();
        Moves.incarnations(list.home(), members)
                .forEach(home -> homes.add(holderOf(list.partition(), home).node()));
        Set<NodeId> all = new LinkedHashSet<>(homes);
        all.addAll(list.nodes());
        leaving.keySet().forEach(node -> all.add(node.node()));
        return new PreferenceList(list.partition(), List.copyOf(all), homes.size());
    }

    /** The caretakers that both know of: who has stopped in the knowledge of one has stopped. */
    Caretakers retain(Caretakers other) {
        if (equals(other)) {
            return this;
        }
        NavigableMap<Caretaker, BitSet> both = new TreeMap<>();
        places.forEach((caretaker, mine) -> {
            BitSet shared = (BitSet) mine.clone();
            shared.and(other.places.getOrDefault(caretaker, new BitSet()));
            both.put(caretaker, shared);
        });
        return new Caretakers(both, leaving);
    }

    void writeTo(ByteWriter out) {
        out.writeVarint(leaving.size());
        leaving.values().forEach(member -> member.writeTo(out));
        out.writeVarint(places.size());
        places.forEach((caretaker, partitions) -> {
            caretaker.node().writeTo(out);
            caretaker.insteadOf().writeTo(out);
            out.writeBlock(partitions.toByteArray());
        });
    }

    /** @param members those that own something */
    static Caretakers readFrom(ByteReader in, NavigableMap<NodeId, Member> members) {
        NavigableMap<Incarnation, Member> leaving = new TreeMap<>();
        NavigableSet<Incarnation> all = new TreeSet<>();
        List<NodeId> names = new ArrayList<>(members.keySet());
        members.values().forEach(member -> all.add(member.incarnation()));
        for (int left = in.readCount(); left > 0; left--) {
            Member member = Member.readFrom(in);
            leaving.put(member.incarnation(), member);
            all.add(member.incarnation());
            names.add(member.id());
        }
        NavigableMap<Caretaker, BitSet> places = new TreeMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            Caretaker caretaker = new Caretaker(Incarnation.readFrom(in), Incarnation.readFrom(in));
            places.put(caretaker, BitSet.valueOf(in.readBlock()));
            if (!all.contains(caretaker.node())) {
                throw new MalformedBytesException("%s has a place and is no member".formatted(caretaker.node()));
            }
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new MalformedBytesException("members of one name: %s".formatted(names));
        }
        return new Caretakers(places, leaving);
    }
}
