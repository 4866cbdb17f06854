package io.dynamocart.store.membership;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rings while a plan is under way. Until the plan is committed the homes are those from before, and the new ones
 * get every write as well. Then each new home answers and counts from the moment it took over, in the place of the one
 * it takes over from. Removed nodes are on no list.
 *
 * <p>What does not depend on who has stopped and who has taken over is worked out once, and only the partitions of
 * which somebody has said so are worked out anew for each ring: with many nodes each has a long list. Immutable.
 */
final class Transition {

    private final Ring from;
    private final Ring to;
    private final Map<NodeId, Incarnation> before;
    private final Map<NodeId, Incarnation> after;
    private final NavigableSet<Incarnation> removed;
    private final Map<Partition, List<Move>> moves;
    private final boolean committed;

    /** The preference lists before anything has moved. */
    private final List<PreferenceList> lists;

    private Transition(
            Ring from,
            Ring to,
            List<Member> before,
            List<Member> after,
            List<Move> moves,
            NavigableSet<Incarnation> removed,
            boolean committed) {
        this.from = from;
        this.to = to;
        this.before = Moves.byName(before);
        this.after = Moves.byName(after);
        this.removed = removed;
        this.committed = committed;
        this.moves = moves.stream().collect(Collectors.groupingBy(Move::partition));
        this.lists = to.preferenceLists().stream()
                .map(list -> list(list.partition(), _ -> false, _ -> false))
                .toList();
    }

    /** The ring between two plans. */
    static Ring none(Ring ring, List<Member> members, NavigableSet<Incarnation> removed) {
        return members.stream().map(Member::incarnation).noneMatch(removed::contains)
                ? ring
                : new Transition(ring, ring, members, members, List.of(), removed, false).ring(_ -> false, _ -> false);
    }

    /** The rings under a plan. */
    static Transition of(Plan plan, boolean committed, NavigableSet<Incarnation> removed) {
        return new Transition(plan.from(), plan.to(), plan.before(), plan.after(), plan.moves(), removed, committed);
    }

    /**
     * The ring as far as the plan has been carried out.
     *
     * @param released whether whoever gives up a place has stopped
     * @param takenOver whether whoever takes it has begun
     */
    Ring ring(Predicate<Move> released, Predicate<Move> takenOver) {
        Predicate<Move> moved = released.or(takenOver);
        return new Ring(
                to.ends(),
                lists.stream()
                        .map(list -> movesOf(list.partition()).stream().anyMatch(moved)
                                ? list(list.partition(), released, takenOver)
                                : list)
                        .toList());
    }

    private PreferenceList list(Partition partition, Predicate<Move> released, Predicate<Move> takenOver) {
        PreferenceList former = from.preferenceList(partition);
        PreferenceList future = to.preferenceList(partition);
        SequencedSet<NodeId> others = new LinkedHashSet<>(staying(future.nodes(), after));
        others.addAll(staying(former.nodes(), before));
        SequencedSet<NodeId> homes = committed
                ? homesNow(partition, future, released, takenOver)
                : new LinkedHashSet<>(staying(former.home(), before));
        if (homes.isEmpty() && !(committed && isChangingHands(partition, released))) {
            homes.add(others.getFirst());
        }
        List<NodeId> joining = new ArrayList<>(staying(future.home(), after));
        joining.removeAll(homes);
        SequencedSet<NodeId> all = new LinkedHashSet<>(homes);
        all.addAll(others);
        return new PreferenceList(partition, List.copyOf(all), homes.size(), joining);
    }

    /**
     * For each home to be: itself once it has taken over; until then the one whose place it takes, and nobody from the
     * moment that one has stopped.
     */
    private SequencedSet<NodeId> homesNow(
            Partition partition, PreferenceList future, Predicate<Move> released, Predicate<Move> takenOver) {
        SequencedSet<NodeId> homes = new LinkedHashSet<>();
        for (Incarnation home : Moves.incarnations(future.home(), after)) {
            moveTo(home, partition)
                    .filter(takenOver.negate())
                    .map(move ->
                            isFree(move, released) ? Optional.<Incarnation>empty() : Optional.ofNullable(move.from()))
                    .orElse(Optional.of(home))
                    .filter(holder -> !removed.contains(holder))
                    .ifPresent(holder -> homes.add(holder.node()));
        }
        return homes;
    }

    /** Whether one home of a partition has stopped, and another that lives is about to take its place. */
    private boolean isChangingHands(Partition partition, Predicate<Move> released) {
        return movesOf(partition).stream()
                .anyMatch(move -> move.from() != null
                        && !removed.contains(move.from())
                        && !removed.contains(move.to())
                        && released.test(move));
    }

    /**
     * Whether nobody counts in the place that is to be taken: its holder has stopped, was removed, or there was none.
     */
    private boolean isFree(Move move, Predicate<Move> released) {
        return move.from() == null || removed.contains(move.from()) || released.test(move);
    }

    private List<Move> movesOf(Partition partition) {
        return moves.getOrDefault(partition, List.of());
    }

    private Optional<Move> moveTo(Incarnation home, Partition partition) {
        return movesOf(partition).stream()
                .filter(move -> move.to().equals(home))
                .findFirst();
    }

    private List<NodeId> staying(List<NodeId> nodes, Map<NodeId, Incarnation> members) {
        return Moves.incarnations(nodes, members).stream()
                .filter(node -> !removed.contains(node))
                .map(Incarnation::node)
                .toList();
    }
}
