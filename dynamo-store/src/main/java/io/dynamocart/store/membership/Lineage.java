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

    /** Worked out when they are first asked for; always the same, so it does not matter by which thread. */
    private @Nullable Layout layout;

    private @Nullable Plan current;

    private Lineage(Settled settled, Round round, Removals removals) {
        this.settled = settled;
        this.round = round;
        this.removals = removals;
        this.election = new Election(settled.incarnations(), round, removals);
    }

    static Lineage of(Settled settled, Round round, Removals removals) {
        return new Lineage(settled, round, removals.without(settled.gone()));
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

    /** Who owns what, until the plan is carried out. */
    Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = settled.layout();
            layout = known;
        }
        return known;
    }

    /** The plan that is proposed or under way. */
    Optional<Plan> plan() {
        Optional<Proposal> proposal = election.current();
        if (proposal.isEmpty()) {
            return Optional.empty();
        }
        Plan plan = current;
        if (plan == null || !plan.id().equals(proposal.get().id())) {
            plan = Plan.of(settled, layout(), proposal.get());
            current = plan;
        }
        return Optional.of(plan);
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
        NavigableSet<Incarnation> removed = election.removed();
        return plan().map(plan ->
                        Transition.of(plan, isCommitted(), removed, move -> isReleased(plan, move), takenOver(plan)))
                .orElseGet(() -> Transition.none(
                        layout().ring(), List.copyOf(settled.members().values()), removed));
    }

    /** What is known when nodes meet of which one knows this and the other that. */
    Lineage merge(Lineage other) {
        if (settled.compareTo(other.settled) < 0) {
            return other.merge(this);
        }
        boolean sameRound = settled.compareTo(other.settled) == 0;
        Round together = sameRound ? round.merge(other.round) : round;
        return with(together, removals.merge(other.removals));
    }

    Lineage with(Round next, Removals removed) {
        Removals still = removed.without(settled.gone());
        if (next.equals(round) && still.equals(removals)) {
            return this;
        }
        Lineage following = new Lineage(settled, next, still);
        following.layout = layout;
        following.current = current;
        return following.folded();
    }

    private Lineage folded() {
        return isCommitted()
                ? plan().filter(this::isCarriedOut)
                        .map(plan -> of(settled.after(plan), Round.EMPTY, removals))
                        .orElse(this)
                : this;
    }

    /** Everything has moved, except to those that were removed. */
    private boolean isCarriedOut(Plan plan) {
        Set<Move> done = takenOver(plan);
        return plan.moves().stream()
                .allMatch(move -> done.contains(move) || election.removed().contains(move.to()));
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
