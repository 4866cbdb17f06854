package io.dynamocart.store.membership;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the proposals of a round is the plan, from what a node has heard of it.
 *
 * <p>A proposal is committed when every member holds to it, except members that were removed in the knowledge of all
 * others. Members hold to the first of the proposals they know, and go over to an earlier one when they hear of it; an
 * author therefore never holds to a later one than its own. A member that knows of a removal no longer goes over to a
 * proposal of the removed one, which is void as soon as it is sure that it will not be committed. So at most one is
 * ever committed, and what one node sees committed all others will, unless all members have removed one another:
 * docs/decisions/0010 has the proof.
 */
final class Election {

    private final Round round;
    private final Removals removals;
    private final NavigableSet<Incarnation> removed;
    private final NavigableSet<Incarnation> agreed;
    private final NavigableSet<Incarnation> staying;
    private final NavigableSet<Incarnation> required;

    Election(Set<Incarnation> members, Round round, Removals removals) {
        this.round = round;
        this.removals = removals;
        this.removed = removals.effective(members);
        this.agreed = removals.agreed(members);
        this.staying = without(members, removed);
        this.required = without(members, agreed);
    }

    /** The one that is committed, or else the first that is not void. */
    Optional<Proposal> current() {
        Optional<Proposal> committed =
                round.proposals().values().stream().filter(this::isCommitted).findFirst();
        return committed.or(() -> round.proposals().values().stream()
                .filter(proposal -> !isVoid(proposal))
                .findFirst());
    }

    boolean isCommitted(Proposal proposal) {
        return waitingFor(proposal.id()).isEmpty();
    }

    /** The members that must hold to a plan yet. */
    NavigableSet<Incarnation> waitingFor(PlanId plan) {
        NavigableSet<Incarnation> waiting = new TreeSet<>(required);
        waiting.removeIf(member -> round.isVotedBy(member, plan));
        return waiting;
    }

    /** The members that count as removed, whether all others know it or not. */
    NavigableSet<Incarnation> removed() {
        return removed;
    }

    /** Whether a node was removed, and every member that is not out of the election for good has that on its disk. */
    boolean isGivenUp(Incarnation node) {
        return removed.contains(node) && removals.isStoredBy(required, node);
    }

    /** Members that were not removed. */
    NavigableSet<Incarnation> staying() {
        return staying;
    }

    /** The round once {@code member} has all of it on its disk. */
    Round voted(Incarnation member) {
        return current()
                .filter(proposal -> !isCommitted(proposal))
                .filter(proposal -> !removed.contains(proposal.id().author()))
                .filter(proposal -> !round.isVotedBy(member, proposal.id()))
                .map(proposal -> round.withVote(member, proposal.id()))
                .orElse(round);
    }

    /** Its author was removed, all know it, and one of those that stay does not hold to it, and now never will. */
    private boolean isVoid(Proposal proposal) {
        return agreed.contains(proposal.id().author())
                && !staying.stream().allMatch(member -> round.isVotedBy(member, proposal.id()));
    }

    private static NavigableSet<Incarnation> without(Set<Incarnation> all, Set<Incarnation> some) {
        NavigableSet<Incarnation> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Override
    public String toString() {
        String open = current()
                .map(it -> "plan %s: %s, not stored by %s yet".formatted(it.id(), it.changes(), waitingFor(it.id())))
                .orElse("no plan");
        return removed.isEmpty() ? open : open + ", removed " + removed;
    }
}
