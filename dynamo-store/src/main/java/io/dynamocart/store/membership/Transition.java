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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The ring while a plan is under way. Until the plan is committed the homes are those from before, and the new ones
 * get every write as well. Then each new home answers and counts from the moment it took over, in the place of the one
 * it takes over from. Removed nodes are on no list.
 */
final class Transition {

    private final Ring from;
    private final Ring to;
    private final Map<NodeId, Incarnation> before;
    private final Map<NodeId, Incarnation> after;
    private final NavigableSet<Incarnation> removed;
    private final Map<Partition, List<Move>> moves;
    private final Predicate<Move> released;

    private Transition(
            Ring from,
            Ring to,
            List<Member> before,
            List<Member> after,
            List<Move> moves,
            NavigableSet<Incarnation> removed,
            Predicate<Move> released) {
        this.from = from;
        this.to = to;
        this.before = Moves.byName(before);
        this.after = Moves.byName(after);
        this.removed = removed;
        this.released = released;
        this.moves = moves.stream().collect(Collectors.groupingBy(Move::partition));
    }

    /** The ring between two plans. */
    static Ring none(Ring ring, List<Member> members, NavigableSet<Incarnation> removed) {
        return members.stream().map(Member::incarnation).noneMatch(removed::contains)
                ? ring
                : new Transition(ring, ring, members, members, List.of(), removed, _ -> true)
                        .ring(false, new LinkedHashSet<>());
    }

    /**
     * The ring under a plan.
     *
     * @param released whether nobody counts any more in the place that is taken
     * @param takenOver the moves that are done
     */
    static Ring of(
            Plan plan,
            boolean committed,
            NavigableSet<Incarnation> removed,
            Predicate<Move> released,
            Set<Move> takenOver) {
        return new Transition(plan.from(), plan.to(), plan.before(), plan.after(), plan.moves(), removed, released)
                .ring(committed, takenOver);
    }

    private Ring ring(boolean committed, Set<Move> takenOver) {
        List<PreferenceList> lists = to.preferenceLists().stream()
                .map(list -> list(list.partition(), committed, takenOver))
                .toList();
        return new Ring(to.ends(), lists);
    }

    private PreferenceList list(Partition partition, boolean committed, Set<Move> takenOver) {
        PreferenceList former = from.preferenceList(partition);
        PreferenceList future = to.preferenceList(partition);
        SequencedSet<NodeId> others = new LinkedHashSet<>(staying(future.nodes(), after));
        others.addAll(staying(former.nodes(), before));
        SequencedSet<NodeId> homes = committed
                ? homesNow(partition, future, takenOver)
                : new LinkedHashSet<>(staying(former.home(), before));
        if (homes.isEmpty() && !(committed && isChangingHands(partition))) {
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
    private SequencedSet<NodeId> homesNow(Partition partition, PreferenceList future, Set<Move> takenOver) {
        SequencedSet<NodeId> homes = new LinkedHashSet<>();
        for (Incarnation home : Moves.incarnations(future.home(), after)) {
            moveTo(home, partition)
                    .filter(move -> !takenOver.contains(move))
                    .map(move -> released.test(move) ? Optional.<Incarnation>empty() : Optional.ofNullable(move.from()))
                    .orElse(Optional.of(home))
                    .filter(holder -> !removed.contains(holder))
                    .ifPresent(holder -> homes.add(holder.node()));
        }
        return homes;
    }

    /** Whether one has stopped, and another that lives is about to take its place. */
    private boolean isChangingHands(Partition partition) {
        return moves.getOrDefault(partition, List.of()).stream()
                .anyMatch(move -> move.from() != null
                        && !removed.contains(move.from())
                        && !removed.contains(move.to())
                        && released.test(move));
    }

    private Optional<Move> moveTo(Incarnation home, Partition partition) {
        return moves.getOrDefault(partition, List.of()).stream()
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
