package io.dynamocart.store.membership;

import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.Ring;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The history of one founding: what is settled, what was said of the next plan since, and who was force-removed.
 * Immutable. A plan that has been carried out is folded into what is settled at once, so that a history does not grow
 * with the number of plans.
 */
final class Lineage {

    private final Settled settled;
    private final Round round;
    private final Removals removals;
    private final Election election;

    /** Shared with those that follow for as long as they have the same: what one works out, none of them does again. */
    private final Lazy<Layout> layout;

    private final Lazy<Plan> current;
    private final Lazy<Transition> transition;
    private final Lazy<Ring> ring;

    private Lineage(Settled settled, Round round, Removals removals, @Nullable Lineage former) {
        this.settled = settled;
        this.round = round;
        this.removals = removals;
        this.election = new Election(settled.incarnations(), round, removals);
        this.layout = former == null ? new Lazy<>() : former.layout;
        this.current = former == null || !hasPlanOf(former) ? new Lazy<>() : former.current;
        this.transition = former == null || !hasTransitionOf(former) ? new Lazy<>() : former.transition;
        this.ring = former == null || !hasRingOf(former) ? new Lazy<>() : former.ring;
    }

    static Lineage of(Settled settled, Round round, Removals removals) {
        return new Lineage(settled, round, removals.without(settled.gone()), null);
    }

    Settled settled() {
        return settled;
    }

    Round round() {
        return round;
    }

    Removals removals() {
        return removals;
    }

    Election election() {
        return election;
    }

    /** The layout of the ring until the plan is carried out: who owns what. */
    Layout layout() {
        return layout.get(settled::layout);
    }

    /** The plan that is proposed or under way. */
    Optional<Plan> plan() {
        return election.current().map(proposal -> current.get(() -> Plan.of(settled, layout(), proposal)));
    }

    boolean isCommitted() {
        return election.current().filter(election::isCommitted).isPresent();
    }

    /** The moves of {@code plan} of which the new home said that it holds everything. */
    Set<Move> takenOver(Plan plan) {
        return plan.moves().stream()
                .filter(move -> round.takeovers().contains(plan.id(), move.to(), move.partition()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether nobody counts in the place that the new home takes: its holder has stopped, was removed, or there was
     * none.
     */
    boolean isReleased(Plan plan, Move move) {
        Incarnation from = move.from();
        return from == null
                || election.removed().contains(from)
                || round.releases().contains(plan.id(), from, move.partition());
    }

    Ring ring() {
        return ring.get(this::workedOut);
    }

    private Ring workedOut() {
        return plan().map(this::ringUnder)
                .orElseGet(() -> Transition.none(
                        settled.held(layout().ring()),
                        List.copyOf(settled.everyone().values()),
                        election.removed()));
    }

    private Ring ringUnder(Plan plan) {
        return transition
                .get(() -> Transition.of(plan, isCommitted(), election.removed()))
                .ring(
                        move -> hasSaid(round.releases(), plan, move.from(), move),
                        move -> hasSaid(round.takeovers(), plan, move.to(), move));
    }

    private static boolean hasSaid(Handovers said, Plan plan, @Nullable Incarnation by, Move move) {
        return by != null && said.contains(plan.id(), by, move.partition());
    }

    /** The union of both: what is known when nodes meet of which one knows this and the other that. */
    Lineage merge(Lineage other) {
        if (settled.compareTo(other.settled) < 0) {
            return other.merge(this);
        }
        Removals removed = removals.merge(other.removals);
        if (settled.compareTo(other.settled) > 0) {
            return with(round, removed);
        }
        Settled both = settled.merge(other.settled);
        Round together = round.merge(other.round);
        return both.equals(settled)
                ? with(together, removed)
                : of(both, together, removed).folded();
    }

    Lineage with(Round next, Removals removed) {
        Removals still = removed.without(settled.gone());
        if (next.equals(round) && still.equals(removals)) {
            return this;
        }
        return new Lineage(settled, next, still, this).folded();
    }

    private boolean hasPlanOf(Lineage former) {
        return election.current().equals(former.election.current());
    }

    /** Votes change nothing of it but the last of them, and every member of a large cluster casts one. */
    private boolean hasTransitionOf(Lineage former) {
        return hasPlanOf(former)
                && isCommitted() == former.isCommitted()
                && election.removed().equals(former.election.removed());
    }

    private boolean hasRingOf(Lineage former) {
        return hasTransitionOf(former)
                && round.releases().equals(former.round.releases())
                && round.takeovers().equals(former.round.takeovers());
    }

    private Lineage folded() {
        return isCommitted()
                ? plan().filter(this::isCarriedOut)
                        .map(plan -> of(settled.after(plan, undone(plan)), Round.EMPTY, removals))
                        .orElse(this)
                : this;
    }

    /**
     * Everything has moved, except to those whose removal all members have on disk: from then on nobody stops for
     * these, and who has stopped for them before is known.
     */
    private boolean isCarriedOut(Plan plan) {
        Set<Move> done = takenOver(plan);
        return plan.moves().stream().allMatch(move -> done.contains(move) || election.isGivenUp(move.to()));
    }

    /** The moves whose givers have not stopped, except those that the plan itself removes. */
    private Set<Move> undone(Plan plan) {
        Set<Move> done = takenOver(plan);
        NavigableSet<Incarnation> forced = Planning.forced(plan.changes());
        return plan.moves().stream()
                .filter(move -> move.from() != null && !forced.contains(move.from()))
                .filter(move -> !done.contains(move) && !hasSaid(round.releases(), plan, move.from(), move))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lineage that
                && settled.equals(that.settled)
                && round.equals(that.round)
                && removals.equals(that.removals);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settled, round, removals);
    }
}
