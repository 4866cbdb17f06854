package io.dynamocart.app.cart;

import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A random history of two carts: partitions, stale reads, slow writes, restarts, and devices that add, set, remove,
 * check out, log in and try again elsewhere, with real operations, versions and merges. No cluster is simulated: whoever
 * reaches a node sees what it holds, and so thousands of histories take seconds.
 */
final class CartHistory {

    /** For how many steps a device tries, and a write may be under way: together less than operations are remembered. */
    static final int TRYING = 6;

    static final int UNDER_WAY = 3;
    static final int REMEMBERED = 10;

    private static final int STEPS = 70;
    private static final CartLimits LIMITS =
            new CartLimits(500, 9_999, 2_000, 1_000, ModelNode.steps(REMEMBERED), Duration.ofDays(1));

    /** Something that happens when it is due. */
    private record Event(long due, Runnable what) {}

    private final SeededRandom random;
    private final ModelRules rules;
    private final BiConsumer<ModelCart, Sight> check;
    private final Tally tally;
    private final double unrest;
    private final ModelNodes nodes;
    private final List<ModelCart> carts;
    private final List<Device> devices;
    private final List<Event> agenda = new ArrayList<>();
    private long time;
    private int requestsInThisStep;

    /** @param check what must hold of everything that is read */
    CartHistory(SeededRandom random, ModelRules rules, BiConsumer<ModelCart, Sight> check, Tally tally) {
        this.random = random;
        this.rules = rules;
        this.check = check;
        this.tally = tally;
        this.unrest = random.pick(List.of(0.2, 0.1, 0.03));
        this.nodes = new ModelNodes(random.fork("nodes"));
        this.carts = Stream.of("customer", "guest")
                .map(name ->
                        new ModelCart(new CartId(name), rules, LIMITS, nodes.all(), random.fork("births of " + name)))
                .toList();
        this.devices = IntStream.range(0, 3)
                .mapToObj(i -> new Device("device " + i, this, random.fork("device " + i)))
                .toList();
    }

    /** Runs to the end, when all nodes have met. */
    void run() {
        for (int i = 0; i < STEPS; i++) {
            nextStep();
            step();
            doWhatIsDue();
        }
        while (!agenda.isEmpty()) {
            nextStep();
            doWhatIsDue();
        }
        nodes.unite();
        for (ModelCart cart : carts) {
            ModelNode one = nodes.all().getFirst();
            nodes.all().forEach(node -> cart.send(node, one));
            nodes.all().forEach(node -> cart.send(one, node));
            read(cart, nodes.all());
        }
    }

    private void nextStep() {
        time++;
        requestsInThisStep = 0;
    }

    private void step() {
        if (random.chance(unrest)) {
            nodes.divide();
        }
        switch (random.nextInt(16)) {
            case 0 -> nodes.restartOne();
            case 1, 2, 3, 4 -> nodes.meet((from, to) -> carts.forEach(cart -> cart.send(from, to)));
            default -> random.pick(devices).act();
        }
    }

    private void doWhatIsDue() {
        for (int i = 0; i < agenda.size(); i++) {
            if (agenda.get(i).due <= time) {
                agenda.remove(i--).what.run();
            }
        }
    }

    /** Has something done at any time up to so many steps from now. */
    void within(int steps, Runnable what) {
        agenda.add(new Event(time + random.between(0, steps), what));
    }

    /** A read of any nodes; those that do not answer may know more. */
    Sight readSome(ModelCart cart, List<ModelNode> reachable) {
        return read(cart, random.chance(0.3) ? reachable : nodes.some(reachable));
    }

    Sight read(ModelCart cart, List<ModelNode> from) {
        Sight sight = cart.read(from, time);
        sight.count(tally);
        check.accept(cart, sight);
        return sight;
    }

    boolean chance(double probability) {
        return random.chance(probability);
    }

    List<ModelCart> carts() {
        return carts;
    }

    ModelNodes nodes() {
        return nodes;
    }

    ModelRules rules() {
        return rules;
    }

    Tally tally() {
        return tally;
    }

    long time() {
        return time;
    }

    /** The clock of a node that takes up a request. */
    Instant clockOf(ModelNode node) {
        return node.clock(time, ++requestsInThisStep);
    }
}
