package io.dynamocart.store.membership;

import io.dynamocart.store.ring.Partition;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The statements about the next plan: proposals, the members' votes on them, and what was handed over. Grows only, so
 * that what two nodes have heard can be put together in any order.
 *
 * @param releases by old home replicas: they have stopped answering and counting for these partitions
 * @param takeovers by new ones: they hold all of these, and answer and count from now on
 */
record Round(
        NavigableMap<PlanId, Proposal> proposals,
        NavigableMap<Incarnation, Vote> votes,
        Handovers releases,
        Handovers takeovers) {

    static final Round EMPTY = new Round(new TreeMap<>(), new TreeMap<>(), Handovers.NONE, Handovers.NONE);

    Round {
        proposals = Collections.unmodifiableNavigableMap(proposals);
        votes = Collections.unmodifiableNavigableMap(votes);
    }

    Round merge(Round other) {
        NavigableMap<PlanId, Proposal> allProposals = new TreeMap<>(other.proposals);
        allProposals.putAll(proposals);
        NavigableMap<Incarnation, Vote> allVotes = new TreeMap<>(votes);
        other.votes.forEach((member, vote) -> allVotes.merge(member, vote, Vote::later));
        return new Round(allProposals, allVotes, releases.merge(other.releases), takeovers.merge(other.takeovers));
    }

    Round withProposal(Proposal proposal) {
        NavigableMap<PlanId, Proposal> all = new TreeMap<>(proposals);
        all.putIfAbsent(proposal.id(), proposal);
        return new Round(all, votes, releases, takeovers);
    }

    Round withVote(Incarnation member, PlanId plan) {
        Vote former = votes.get(member);
        NavigableMap<Incarnation, Vote> all = new TreeMap<>(votes);
        all.put(member, new Vote(former == null ? 1 : former.count() + 1, plan));
        return new Round(proposals, all, releases, takeovers);
    }

    Round withTakeovers(PlanId plan, Incarnation by, Collection<Partition> partitions) {
        return new Round(proposals, votes, releases, takeovers.with(plan, by, partitions));
    }

    Round withReleases(PlanId plan, Incarnation by, Collection<Partition> partitions) {
        return new Round(proposals, votes, releases.with(plan, by, partitions), takeovers);
    }

    boolean isVotedBy(Incarnation member, PlanId plan) {
        Vote vote = votes.get(member);
        return vote != null && vote.plan().equals(plan);
    }
}
