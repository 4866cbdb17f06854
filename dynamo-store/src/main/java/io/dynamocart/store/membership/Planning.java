package io.dynamocart.store.membership;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The statements that a node may make of the membership: checks them, and adds them to its history. */
final class Planning {

    private Planning() {}

    static Plan plan(Lineage lineage, Incarnation author, List<Change> wanted) {
        requireMember(lineage, author);
        lineage.plan().ifPresent(open -> {
            throw new PlanRefusedException("plan %s is open: one at a time".formatted(open.name()));
        });
        List<Change> changes = withRemovals(lineage, wanted);
        if (changes.isEmpty()) {
            throw new PlanRefusedException("nothing to change");
        }
        if (forced(changes).contains(author)) {
            throw new PlanRefusedException("%s cannot force-remove itself".formatted(author));
        }
        Proposal proposal = new Proposal(new PlanId(lineage.settled().number() + 1, author), changes);
        checkNewcomers(lineage, proposal);
        return Plan.of(lineage.settled(), lineage.layout(), proposal);
    }

    static Lineage proposed(Lineage lineage, Plan plan) {
        Incarnation author = plan.id().author();
        if (!plan(lineage, author, plan.changes()).equals(plan)) {
            throw new PlanRefusedException("the membership has changed since %s was made".formatted(plan.name()));
        }
        Removals removals = lineage.removals();
        for (Incarnation node : forced(plan.changes())) {
            removals = removals.with(node, author);
        }
        Round round = lineage.round()
                .withProposal(new Proposal(plan.id(), plan.changes()))
                .withVote(author, plan.id());
        return lineage.with(round, removals);
    }

    static Lineage removed(Lineage lineage, Incarnation author, Incarnation node) {
        requireMember(lineage, author);
        if (node.equals(author)) {
            throw new PlanRefusedException("%s cannot force-remove itself".formatted(author));
        }
        if (!Members.isOnRing(lineage, node)) {
            throw new PlanRefusedException("%s is no member".formatted(node));
        }
        return lineage.with(lineage.round(), lineage.removals().with(node, author));
    }

    static Lineage released(Lineage lineage, PlanId id, Incarnation node, Collection<Partition> partitions) {
        NavigableSet<Incarnation> removed = lineage.election().removed();
        List<Partition> moving = underWay(lineage, id)
                .filter(move -> node.equals(move.from()) && !removed.contains(move.to()))
                .map(Move::partition)
                .filter(partitions::contains)
                .toList();
        return lineage.with(lineage.round().withReleases(id, node, moving), lineage.removals());
    }

    static Lineage takenOver(Lineage lineage, PlanId id, Incarnation node, Collection<Partition> partitions) {
        List<Partition> moving = underWay(lineage, id)
                .filter(move -> move.to().equals(node))
                .filter(move -> lineage.plan().filter(plan -> lineage.isReleased(plan, move)).isPresent())
                .map(Move::partition)
                .filter(partitions::contains)
                .toList();
        return lineage.with(lineage.round().withTakeovers(id, node, moving), lineage.removals());
    }

    /** The moves of this plan, if it is the one that is committed. */
    private static Stream<Move> underWay(Lineage lineage, PlanId id) {
        return lineage.plan()
                .filter(plan -> plan.id().equals(id) && lineage.isCommitted())
                .map(Plan::moves)
                .orElse(List.of())
                .stream();
    }

    /** A plan also takes out whoever was force-removed since the last one. */
    private static List<Change> withRemovals(Lineage lineage, List<Change> wanted) {
        List<Change> changes = new ArrayList<>(wanted);
        for (Incarnation removed : Members.removed(lineage)) {
            boolean named = wanted.stream().anyMatch(change -> takesOut(change, removed));
            if (!named) {
                changes.add(new Change.ForceRemove(removed));
            }
        }
        return changes;
    }

    private static boolean takesOut(Change change, Incarnation removed) {
        return switch (change) {
            case Change.Replace(Incarnation node, _) -> node.equals(removed);
            case Change.ForceRemove(Incarnation node) -> node.equals(removed);
            case Change.Leave(Incarnation node) -> node.equals(removed);
            case Change.Join _, Change.Alter _ -> false;
        };
    }

    /** Whom these changes take out at once: those that an operator gives up, and those whose names others have then. */
    static NavigableSet<Incarnation> forced(List<Change> changes) {
        NavigableMap<NodeId, Incarnation> coming = new TreeMap<>();
        for (Change change : changes) {
            switch (change) {
                case Change.Join(Member member) -> coming.put(member.id(), member.incarnation());
                case Change.Replace(_, Member successor) -> coming.put(successor.id(), successor.incarnation());
                case Change.Leave _, Change.ForceRemove _, Change.Alter _ -> {}
            }
        }
        NavigableSet<Incarnation> forced = new TreeSet<>();
        for (Change change : changes) {
            switch (change) {
                case Change.ForceRemove(Incarnation node) -> forced.add(node);
                case Change.Leave(Incarnation node) -> addIfAnother(coming, node, forced);
                case Change.Replace(Incarnation node, _) -> addIfAnother(coming, node, forced);
                case Change.Join _, Change.Alter _ -> {}
            }
        }
        return forced;
    }

    private static void addIfAnother(
            NavigableMap<NodeId, Incarnation> coming, Incarnation node, NavigableSet<Incarnation> forced) {
        if (!coming.getOrDefault(node.node(), node).equals(node)) {
            forced.add(node);
        }
    }

    private static void checkNewcomers(Lineage lineage, Proposal proposal) {
        for (Member member : Roster.changed(lineage.settled(), proposal.changes()).values()) {
            if (Members.isSpent(lineage, member.incarnation())) {
                throw new PlanRefusedException("%s was removed: only another incarnation of it can be a member"
                        .formatted(member.incarnation()));
            }
        }
    }

    private static void requireMember(Lineage lineage, Incarnation author) {
        if (!lineage.election().staying().contains(author)) {
            throw new PlanRefusedException("%s is no member, and only members change the membership".formatted(author));
        }
    }
}
