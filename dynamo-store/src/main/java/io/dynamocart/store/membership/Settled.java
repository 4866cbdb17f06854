package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning.EqualShares;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Seat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state that remains of all plans that were carried out: the members, who owns what, who holds what another owns,
 * and who has gone for good. Of two that one cluster came to, the greater replaces the other: that of more plans.
 *
 * @param founding how it began
 * @param last the latest plan that was carried out, null before the first
 * @param members those among whom the ring is shared
 * @param owners who owns each partition, where that does not follow from the members (strategy 3, after a plan)
 * @param takenOut incarnations that plans took out; once they have {@linkplain #gone gone}, they never are members
 *     again
 * @param caretakers who goes on in places that the last plan could not move
 */
record Settled(
        Founding founding,
        @Nullable PlanId last,
        NavigableMap<NodeId, Member> members,
        List<NodeId> owners,
        NavigableSet<Incarnation> takenOut,
        Caretakers caretakers)
        implements Comparable<Settled> {

    private static final Comparator<Settled> ORDER = Comparator.comparingInt(Settled::number)
            .thenComparing(Settled::last, Comparator.nullsFirst(Comparator.reverseOrder()));

    Settled {
        members = Collections.unmodifiableNavigableMap(members);
        owners = List.copyOf(owners);
        takenOut = Collections.unmodifiableNavigableSet(takenOut);
    }

    static Settled at(Founding founding) {
        return new Settled(founding, null, byName(founding.members()), List.of(), new TreeSet<>(), Caretakers.NONE);
    }

    /** How many plans were carried out. */
    int number() {
        return last == null ? 0 : last.number();
    }

    /** All members: also those that the last plan took out, for as long as they have places that it could not move. */
    NavigableMap<NodeId, Member> everyone() {
        if (caretakers.leaving().isEmpty()) {
            return members;
        }
        NavigableMap<NodeId, Member> everyone = new TreeMap<>(members);
        caretakers.leaving().values().forEach(member -> everyone.putIfAbsent(member.id(), member));
        return everyone;
    }

    NavigableSet<Incarnation> incarnations() {
        return everyone().values().stream().map(Member::incarnation).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The incarnations that were members once, and never are again. */
    NavigableSet<Incarnation> gone() {
        if (caretakers.leaving().isEmpty()) {
            return takenOut;
        }
        NavigableSet<Incarnation> gone = new TreeSet<>(takenOut);
        gone.removeAll(caretakers.leaving().keySet());
        return gone;
    }

    Layout layout() {
        return founding.partitioning() instanceof EqualShares(int partitions) && last != null
                ? Layout.ofOwners(partitions, founding.homes(), seats(members), owners)
                : Layout.of(founding.partitioning(), founding.homes(), seats(members));
    }

    /** The ring of this layout as it is: with those in their places who hold them. */
    Ring held(Ring ring) {
        return caretakers.on(ring, Moves.byName(List.copyOf(everyone().values())));
    }

    /**
     * The settled state once this plan is carried out.
     *
     * @param undone the moves that it could not make, and whose givers have not stopped
     */
    Settled after(Plan plan, Set<Move> undone) {
        NavigableMap<NodeId, Member> changed = byName(plan.after());
        NavigableSet<Incarnation> left = incarnations();
        left.addAll(takenOut);
        changed.values().stream().map(Member::incarnation).forEach(left::remove);
        List<NodeId> next =
                founding.partitioning() instanceof EqualShares ? plan.layout().owners() : List.of();
        return new Settled(founding, plan.id(), changed, next, left, Caretakers.after(plan, undone));
    }

    /** The union of what two nodes know that came to this state by the same plans. */
    Settled merge(Settled same) {
        Caretakers both = caretakers.retain(same.caretakers);
        return both.equals(caretakers) ? this : new Settled(founding, last, members, owners, takenOut, both);
    }

    @Override
    public int compareTo(Settled other) {
        return ORDER.compare(this, other);
    }

    void writeTo(ByteWriter out) {
        out.writeBoolean(last != null);
        if (last == null) {
            return;
        }
        last.writeTo(out);
        out.writeVarint(members.size());
        members.values().forEach(member -> member.writeTo(out));
        Map<NodeId, Integer> numbers = new TreeMap<>();
        members.keySet().forEach(node -> numbers.put(node, numbers.size()));
        owners.forEach(owner -> out.writeVarint(numberOf(owner, numbers)));
        Incarnation.writeAll(takenOut, out);
    }

    private static int numberOf(NodeId owner, Map<NodeId, Integer> numbers) {
        Integer number = numbers.get(owner);
        if (number == null) {
            throw new IllegalStateException("%s owns a partition and is none of %s".formatted(owner, numbers.keySet()));
        }
        return number;
    }

    /** @param withCaretakers whether they follow */
    static Settled readFrom(ByteReader in, Founding founding, boolean withCaretakers) {
        if (!in.readBoolean()) {
            return at(founding);
        }
        PlanId last = PlanId.readFrom(in);
        List<Member> members = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            members.add(Member.readFrom(in));
        }
        NavigableMap<NodeId, Member> byName = byName(members);
        if (last.number() < 1 || byName.size() != members.size()) {
            throw new MalformedBytesException("not what is settled after %s: %s".formatted(last, members));
        }
        Layout.check(founding.partitioning(), seats(byName));
        return new Settled(
                founding,
                last,
                byName,
                readOwners(in, founding, byName),
                Incarnation.readAll(in),
                withCaretakers ? Caretakers.readFrom(in, byName) : Caretakers.NONE);
    }

    private static List<NodeId> readOwners(ByteReader in, Founding founding, NavigableMap<NodeId, Member> members) {
        if (!(founding.partitioning() instanceof EqualShares(int partitions))) {
            return List.of();
        }
        if (partitions > in.remaining()) {
            throw new MalformedBytesException("%d owners with %d bytes left".formatted(partitions, in.remaining()));
        }
        List<NodeId> names = List.copyOf(members.keySet());
        List<NodeId> owners = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            owners.add(names.get(in.readInt(names.size() - 1)));
        }
        return owners;
    }

    static List<Seat> seats(NavigableMap<NodeId, Member> members) {
        return members.values().stream().map(Member::seat).toList();
    }

    private static NavigableMap<NodeId, Member> byName(List<Member> members) {
        NavigableMap<NodeId, Member> byName = new TreeMap<>();
        members.forEach(member -> byName.put(member.id(), member));
        return byName;
    }
}
