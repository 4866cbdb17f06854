package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning.EqualShares;
import io.dynamocart.store.ring.Seat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What remains of all plans that were carried out: the members, who owns what, and who has gone for good. Of two that
 * one cluster came to, the greater replaces the other: that of more plans.
 *
 * @param founding how it began
 * @param last the latest plan that was carried out, null before the first
 * @param owners who owns each partition, where that does not follow from the members (strategy 3, after a plan)
 * @param gone incarnations that were members once; they never are again
 */
record Settled(
        Founding founding,
        @Nullable PlanId last,
        NavigableMap<NodeId, Member> members,
        List<NodeId> owners,
        NavigableSet<Incarnation> gone)
        implements Comparable<Settled> {

    private static final Comparator<Settled> ORDER = Comparator.comparingInt(Settled::number)
            .thenComparing(Settled::last, Comparator.nullsFirst(Comparator.reverseOrder()));

    Settled {
        members = Collections.unmodifiableNavigableMap(members);
        owners = List.copyOf(owners);
        gone = Collections.unmodifiableNavigableSet(gone);
    }

    static Settled at(Founding founding) {
        return new Settled(founding, null, byName(founding.members()), List.of(), new TreeSet<>());
    }

    /** How many plans were carried out. */
    int number() {
        return last == null ? 0 : last.number();
    }

    NavigableSet<Incarnation> incarnations() {
        return members.values().stream().map(Member::incarnation).collect(Collectors.toCollection(TreeSet::new));
    }

    Layout layout() {
        return founding.partitioning() instanceof EqualShares(int partitions) && last != null
                ? Layout.ofOwners(partitions, founding.homes(), seats(members), owners)
                : Layout.of(founding.partitioning(), founding.homes(), seats(members));
    }

    /** What is settled once this plan is carried out. */
    Settled after(Plan plan) {
        NavigableMap<NodeId, Member> changed = byName(plan.after());
        NavigableSet<Incarnation> left = incarnations();
        changed.values().stream().map(Member::incarnation).forEach(left::remove);
        left.addAll(gone);
        List<NodeId> next =
                founding.partitioning() instanceof EqualShares ? plan.layout().owners() : List.of();
        return new Settled(founding, plan.id(), changed, next, left);
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
        Incarnation.writeAll(gone, out);
    }

    private static int numberOf(NodeId owner, Map<NodeId, Integer> numbers) {
        Integer number = numbers.get(owner);
        if (number == null) {
            throw new IllegalStateException("%s owns a partition and is none of %s".formatted(owner, numbers.keySet()));
        }
        return number;
    }

    static Settled readFrom(ByteReader in, Founding founding) {
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
        return new Settled(founding, last, byName, readOwners(in, founding, byName), Incarnation.readAll(in));
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
