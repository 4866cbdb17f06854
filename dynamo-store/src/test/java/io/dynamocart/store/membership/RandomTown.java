package io.dynamocart.store.membership;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A cluster whose operators change their minds at random, while messages are lost, delayed, repeated and reordered,
 * nodes die between any two steps, and dead ones are force-removed. What a node knows is on its disk at once; a node
 * that dies before it wrote something is one that never heard of it.
 */
final class RandomTown {

    private static final int ROUNDS_TO_HEAL = 300;

    /** Of proposing, dying, removing the dead, taking over, sending, storing, receiving. */
    private static final int[] LIKELIEST = {5, 1, 5, 10, 12, 4, 30};

    private final SeededRandom random;
    private final Town town;
    private final Consumer<MembershipHistory> check;
    private final Map<Incarnation, MembershipHistory> checked = new TreeMap<>();
    private final List<MembershipHistory> messages = new ArrayList<>();
    private final Set<Incarnation> dead = new TreeSet<>();
    private final int[] likelihoods = new int[LIKELIEST.length];
    private final int mostMessages;
    private int born;

    /** @param check called with all that a node knows, after each step that has changed it */
    RandomTown(SeededRandom random, Consumer<MembershipHistory> check) {
        this.random = random;
        this.check = check;
        List<Member> founders = new ArrayList<>();
        for (int i = (int) random.between(3, 5); i > 0; i--) {
            founders.add(newcomer());
        }
        Partitioning partitioning = random.pick(List.of(
                new Partitioning.EqualShares(16),
                new Partitioning.EqualShares(16),
                new Partitioning.RandomTokens(3, 1),
                new Partitioning.RandomTokensEqualPartitions(16, 2, 1)));
        this.town = Town.founded(new Founding(partitioning, (int) random.between(1, 3), founders));
        for (int i = 0; i < LIKELIEST.length; i++) {
            likelihoods[i] = (int) random.between(LIKELIEST[i] / 4, LIKELIEST[i]);
        }
        this.mostMessages = (int) random.between(3, 60);
    }

    Town town() {
        return town;
    }

    /** What nodes know, and knew at some time. */
    List<MembershipHistory> histories() {
        List<MembershipHistory> all = new ArrayList<>(messages);
        town.nodes().forEach(node -> all.add(town.at(node)));
        return all;
    }

    List<Incarnation> living() {
        List<Incarnation> living = new ArrayList<>(town.nodes());
        living.removeAll(dead);
        return living;
    }

    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            Incarnation node = random.pick(living());
            step(node, choose());
            check(node);
        }
    }

    private void check(Incarnation node) {
        MembershipHistory known = town.at(node);
        if (!known.equals(checked.put(node, known))) {
            check.accept(known);
        }
    }

    private int choose() {
        int total = 0;
        for (int likelihood : likelihoods) {
            total += likelihood;
        }
        int drawn = random.nextInt(total);
        int chosen = 0;
        while (drawn >= likelihoods[chosen]) {
            drawn -= likelihoods[chosen++];
        }
        return chosen;
    }

    private void step(Incarnation node, int what) {
        switch (what) {
            case 0 -> propose(node);
            case 1 -> die(node);
            case 2 -> removeTheDead(node);
            case 3 -> handOver(node);
            case 4 -> send(node);
            case 5 -> town.write(node, town.at(node).stored(node));
            default -> receive(node);
        }
    }

    private void propose(Incarnation node) {
        MembershipHistory history = town.at(node);
        if (!history.isMember(node)) {
            return;
        }
        Member some = random.pick(history.members());
        Change change = switch (random.nextInt(5)) {
            case 0 -> new Change.Leave(some.incarnation());
            case 1 -> new Change.Replace(some.incarnation(), newcomer());
            case 2 ->
                new Change.Alter(
                        new Member(some.id(), some.address(), zone(), (int) random.between(1, 3), some.number()));
            default -> new Change.Join(newcomer());
        };
        try {
            town.write(node, history.propose(history.plan(node, List.of(change))));
        } catch (PlanRefusedException _) {
            return;
        }
        history = town.at(node);
        history.progress()
                .ifPresent(progress -> progress.plan().after().stream()
                        .map(Member::incarnation)
                        .filter(member -> !town.nodes().contains(member))
                        .forEach(member -> town.write(member, MembershipHistory.empty())));
    }

    /** The last that lives of those it knows as members stays alive. */
    private void die(Incarnation node) {
        List<Incarnation> others = living();
        others.remove(node);
        if (others.stream().anyMatch(other -> town.at(other).isMember(other)) && random.chance(0.5)) {
            dead.add(node);
        }
    }

    private void removeTheDead(Incarnation node) {
        MembershipHistory history = town.at(node);
        if (history.isMember(node)) {
            history.members().stream()
                    .map(Member::incarnation)
                    .filter(member -> dead.contains(member) && random.chance(0.5))
                    .findFirst()
                    .ifPresent(member -> town.write(node, history.forceRemove(node, member)));
        }
    }

    private void handOver(Incarnation node) {
        town.at(node).progress().ifPresent(progress -> {
            PlanId plan = progress.plan().id();
            List<Partition> given = some(progress, move -> node.equals(move.from()));
            List<Partition> taken = some(progress, move -> node.equals(move.to()));
            town.write(node, town.at(node).release(plan, node, given).takeOver(plan, node, taken));
        });
    }

    private List<Partition> some(Progress progress, Predicate<Move> which) {
        return progress.left().stream()
                .filter(which)
                .filter(_ -> random.chance(0.5))
                .map(Move::partition)
                .toList();
    }

    private void send(Incarnation node) {
        messages.add(town.at(node));
        if (messages.size() > mostMessages) {
            messages.remove(random.nextInt(messages.size()));
        }
    }

    private void receive(Incarnation node) {
        if (!messages.isEmpty()) {
            MembershipHistory known = town.at(node).merge(random.pick(messages));
            town.write(node, random.chance(0.8) ? known.stored(node) : known);
        }
    }

    /** Everybody talks until nothing is left to do; the dead are force-removed. Returns whether a member lives. */
    boolean heal() {
        for (int round = 0; round < ROUNDS_TO_HEAL; round++) {
            town.gossip(living());
            living().forEach(this::check);
            List<Incarnation> members = living().stream()
                    .filter(node -> town.at(node).isMember(node))
                    .toList();
            if (members.isEmpty()) {
                return false;
            }
            if (!goOn(members.getFirst())) {
                return true;
            }
        }
        throw new AssertionError("not healed: " + town.at(living().getFirst()));
    }

    private boolean goOn(Incarnation member) {
        MembershipHistory history = town.at(member);
        for (Member other : history.members()) {
            if (dead.contains(other.incarnation())) {
                town.write(member, history.forceRemove(member, other.incarnation()));
                return true;
            }
        }
        if (history.progress().isPresent()) {
            living().forEach(town::takeOverAll);
            return true;
        }
        if (!history.due().isEmpty()) {
            town.write(member, history.propose(history.plan(member, history.due())));
            return true;
        }
        return false;
    }

    private Member newcomer() {
        String name = Character.toString("qwertzuiopasdfghjklyxcvbnm".charAt(born % 26)) + born++;
        return new Member(new NodeId(name), "host-" + name, zone(), 1, random.nextInt(3));
    }

    private String zone() {
        return "zone-" + random.nextInt(3);
    }
}
