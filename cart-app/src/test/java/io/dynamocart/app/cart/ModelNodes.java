package io.dynamocart.app.cart;

import io.dynamocart.store.simulation.SeededRandom;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** The nodes of a {@link CartHistory}: three home replicas and one that stands in for them, on one side or on two. */
final class ModelNodes {

    private final SeededRandom random;
    private final List<ModelNode> nodes;

    ModelNodes(SeededRandom random) {
        this.random = random;
        this.nodes = IntStream.range(0, 4)
                .mapToObj(i -> new ModelNode(i, i < 3, random.between(0, 3)))
                .toList();
    }

    List<ModelNode> all() {
        return nodes;
    }

    void unite() {
        nodes.forEach(node -> node.moveTo(0));
    }

    /** All together, or anyhow, or one by itself. */
    void divide() {
        unite();
        switch (random.nextInt(3)) {
            case 0 -> nodes.forEach(node -> node.moveTo(random.nextInt(2)));
            case 1 -> random.pick(nodes).moveTo(1);
            default -> {}
        }
    }

    void restartOne() {
        random.pick(nodes).restart();
    }

    /** Two that may meet, if they reach each other. */
    void meet(BiConsumer<ModelNode, ModelNode> how) {
        ModelNode from = random.pick(nodes);
        ModelNode to = random.pick(nodes);
        if (from.reaches(to)) {
            how.accept(from, to);
        }
    }

    /** Whichever node is asked, first, and those it can reach. */
    List<ModelNode> somewhere() {
        ModelNode asked = random.pick(nodes);
        return nodes.stream()
                .filter(asked::reaches)
                .sorted(Comparator.comparing(node -> !node.equals(asked)))
                .toList();
    }

    /** Any of these, at least one. */
    List<ModelNode> some(List<ModelNode> reachable) {
        List<ModelNode> some =
                reachable.stream().filter(_ -> random.chance(0.5)).toList();
        return some.isEmpty() ? List.of(random.pick(reachable)) : some;
    }
}
