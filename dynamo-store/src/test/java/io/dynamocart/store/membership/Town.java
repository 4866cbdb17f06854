package io.dynamocart.store.membership;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Nodes that know of the membership only what is on their disks and what another tells them. */
final class Town {

    private final NavigableMap<Incarnation, MembershipHistory> disks = new TreeMap<>();

    /** The founders know of the cluster; whoever is named later knows of none until somebody tells. */
    static Town founded(Founding founding) {
        Town town = new Town();
        founding.members().forEach(member -> town.disks.put(member.incarnation(), new MembershipHistory(founding)));
        return town;
    }

    static Member member(String name) {
        return new Member(new NodeId(name), "host-" + name, "zone", 1, 1);
    }

    static Incarnation node(String name) {
        return member(name).incarnation();
    }

    static List<Member> members(String names) {
        return names.chars().mapToObj(Character::toString).map(Town::member).toList();
    }

    MembershipHistory at(Incarnation node) {
        return disks.getOrDefault(node, MembershipHistory.empty());
    }

    MembershipHistory at(String name) {
        return at(node(name));
    }

    List<Incarnation> nodes() {
        return new ArrayList<>(disks.keySet());
    }

    void write(Incarnation node, MembershipHistory history) {
        disks.put(node, history);
    }

    Ring ringAt(String name) {
        return at(name).ring().orElseThrow();
    }

    /** One tells another all it knows, who stores it. */
    void tell(Incarnation from, Incarnation to) {
        write(to, at(to).merge(at(from)).stored(to));
    }

    void tell(String from, String to) {
        tell(node(from), node(to));
    }

    /** These tell one another until nobody learns anything. */
    void gossip(List<Incarnation> among) {
        for (boolean learned = true; learned; ) {
            learned = false;
            for (Incarnation from : among) {
                for (Incarnation to : among) {
                    MembershipHistory before = at(to);
                    tell(from, to);
                    learned |= !before.equals(at(to));
                }
            }
        }
    }

    void gossip(String names) {
        gossip(members(names).stream().map(Member::incarnation).toList());
    }

    void propose(String author, Change... changes) {
        MembershipHistory history = at(author);
        write(node(author), history.propose(history.plan(node(author), List.of(changes))));
    }

    /** A node says of all partitions that move to it that it holds them, once those that held them have let go. */
    void takeOverAll(Incarnation node) {
        at(node).progress().ifPresent(progress -> {
            List<Move> moves = progress.left().stream()
                    .filter(move -> move.to().equals(node))
                    .toList();
            takeOver(progress.plan().id(), moves);
        });
    }

    /** The old homes tell the new one that they have stopped, which then takes over. */
    void takeOver(PlanId plan, List<Move> moves) {
        moves.forEach(move -> {
            MembershipHistory history = at(move.to());
            Incarnation giver = move.from();
            if (giver != null) {
                history = history.release(plan, giver, List.of(move.partition()));
            }
            write(move.to(), history.takeOver(plan, move.to(), List.of(move.partition())));
        });
    }

    /** Goes on until the open plan is carried out and everyone knows. */
    void carryOut(String names) {
        gossip(names);
        members(names).forEach(member -> takeOverAll(member.incarnation()));
        gossip(names);
    }
}
