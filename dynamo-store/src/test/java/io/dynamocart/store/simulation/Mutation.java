package io.dynamocart.store.simulation;

import io.dynamocart.store.port.RandomSource;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Transport;
import java.util.function.UnaryOperator;

/**
 * A deliberate fault put into every node, to see that the checks find it: a wrapper around what the node is given. It
 * is applied anew at each start of a node.
 *
 * @param storage around its disk
 * @param transport around its network
 * @param random around its randomness
 */
public record Mutation(
        UnaryOperator<Storage> storage, UnaryOperator<Transport> transport, UnaryOperator<RandomSource> random) {

    /** No fault. */
    public static Mutation none() {
        return new Mutation(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    public static Mutation ofStorage(UnaryOperator<Storage> fault) {
        return new Mutation(fault, UnaryOperator.identity(), UnaryOperator.identity());
    }

    public static Mutation ofTransport(UnaryOperator<Transport> fault) {
        return new Mutation(UnaryOperator.identity(), fault, UnaryOperator.identity());
    }

    public static Mutation ofRandom(UnaryOperator<RandomSource> fault) {
        return new Mutation(UnaryOperator.identity(), UnaryOperator.identity(), fault);
    }
}
