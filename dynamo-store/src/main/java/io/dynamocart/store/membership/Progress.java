package io.dynamocart.store.membership;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The progress of the open plan, as far as this node knows.
 *
 * @param committed whether everyone who must has stored it: new homes may take over
 * @param waitingFor members that have not; empty once it is committed
 * @param left moves of which the new home has not said yet that it holds everything
 * @param released those of them in whose place no node counts as a home replica any more
 */
public record Progress(
        Plan plan, boolean committed, NavigableSet<Incarnation> waitingFor, List<Move> left, Set<Move> released) {

    public Progress {
        waitingFor = Collections.unmodifiableNavigableSet(new TreeSet<>(waitingFor));
        left = List.copyOf(left);
        released = Collections.unmodifiableSet(new LinkedHashSet<>(released));
    }

    static Progress of(Lineage lineage, Plan plan) {
        Set<Move> done = lineage.takenOver(plan);
        Election election = lineage.election();
        List<Move> left = plan.moves().stream()
                .filter(move -> !done.contains(move) && !election.removed().contains(move.to()))
                .toList();
        NavigableSet<Incarnation> waitingFor = election.waitingFor(plan.id());
        Set<Move> released = left.stream()
                .filter(move -> lineage.isReleased(plan, move))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Progress(plan, waitingFor.isEmpty(), waitingFor, left, released);
    }
}
