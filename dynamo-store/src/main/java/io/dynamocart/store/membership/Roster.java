package io.dynamocart.store.membership;

import io.dynamocart.store.ring.Layout;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/** Members by name, while changes are made to them. The order in which changes of different nodes come is no matter. */
final class Roster {

    private final NavigableMap<NodeId, Member> members;
    private final NavigableSet<Incarnation> gone;

    private Roster(Settled settled) {
        this.members = new TreeMap<>(settled.everyone());
        this.gone = settled.gone();
    }

    /** @throws PlanRefusedException if the changes do not fit the members, one another or the ring */
    static NavigableMap<NodeId, Member> changed(Settled settled, List<Change> changes) {
        Roster roster = new Roster(settled);
        changes.forEach(change -> roster.takeOut(change));
        changes.forEach(change -> roster.putIn(change));
        if (roster.members.isEmpty()) {
            throw new PlanRefusedException("nobody would be left");
        }
        roster.checkFit(settled.founding().partitioning());
        return roster.members;
    }

    private void checkFit(Partitioning partitioning) {
        try {
            Layout.check(partitioning, Settled.seats(members));
        } catch (IllegalArgumentException e) {
            throw new PlanRefusedException(String.valueOf(e.getMessage()));
        }
    }

    private void takeOut(Change change) {
        switch (change) {
            case Change.Leave(Incarnation node) -> remove(node);
            case Change.ForceRemove(Incarnation node) -> remove(node);
            case Change.Replace(Incarnation node, _) -> remove(node);
            case Change.Alter(Member member) -> remove(member.incarnation());
            case Change.Join _ -> {}
        }
    }

    private void putIn(Change change) {
        switch (change) {
            case Change.Join(Member member) -> add(member);
            case Change.Replace(_, Member successor) -> add(successor);
            case Change.Alter(Member member) -> add(member);
            case Change.Leave _, Change.ForceRemove _ -> {}
        }
    }

    /** Who is about to take one out need not know that it has gone already. */
    private void remove(Incarnation node) {
        if (gone.contains(node)) {
            return;
        }
        Member member = members.get(node.node());
        if (member == null || !member.incarnation().equals(node)) {
            throw new PlanRefusedException("%s is no member, or is changed twice".formatted(node));
        }
        members.remove(node.node());
    }

    private void add(Member member) {
        Member former = members.putIfAbsent(member.id(), member);
        if (former != null) {
            throw new PlanRefusedException("there is a member of the name %s already".formatted(member.id()));
        }
    }
}
