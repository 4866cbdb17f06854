package io.dynamocart.store.simulation;

import io.dynamocart.store.node.NodeSettings;
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
 * @param settings how it is set up
 * @param trouble what goes wrong around it
 */
public record Mutation(
        UnaryOperator<Storage> storage,
        UnaryOperator<Transport> transport,
        UnaryOperator<RandomSource> random,
        UnaryOperator<NodeSettings> settings,
        UnaryOperator<Chaos.Options> trouble) {

    private static final Mutation NONE = new Mutation(
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity());

    /** No fault. */
    public static Mutation none() {
        return NONE;
    }

    /** Both faults at once. */
    public Mutation and(Mutation other) {
        return new Mutation(
                disk -> other.storage.apply(storage.apply(disk)),
                network -> other.transport.apply(transport.apply(network)),
                dice -> other.random.apply(random.apply(dice)),
                given -> other.settings.apply(settings.apply(given)),
                drawn -> other.trouble.apply(trouble.apply(drawn)));
    }

    public static Mutation ofStorage(UnaryOperator<Storage> fault) {
        return new Mutation(fault, NONE.transport, NONE.random, NONE.settings, NONE.trouble);
    }

    public static Mutation ofTransport(UnaryOperator<Transport> fault) {
        return new Mutation(NONE.storage, fault, NONE.random, NONE.settings, NONE.trouble);
    }

    public static Mutation ofRandom(UnaryOperator<RandomSource> fault) {
        return new Mutation(NONE.storage, NONE.transport, fault, NONE.settings, NONE.trouble);
    }

    public static Mutation ofSettings(UnaryOperator<NodeSettings> fault) {
        return new Mutation(NONE.storage, NONE.transport, NONE.random, fault, NONE.trouble);
    }

    /** No fault of the node, but other trouble than is drawn. */
    public static Mutation amid(UnaryOperator<Chaos.Options> trouble) {
        return new Mutation(NONE.storage, NONE.transport, NONE.random, NONE.settings, trouble);
    }
}
