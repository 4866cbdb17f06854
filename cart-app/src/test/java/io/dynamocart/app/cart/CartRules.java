package io.dynamocart.app.cart;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.simulation.SimulatedNode;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How the application works of which {@link CartWorkload} is the shoppers; a mutant has one of these broken.
 *
 * @param carts makes the carts of an instance
 * @param ids the identity of a request on a cart
 * @param copyIds the identity that a guest's entry has in the customer's cart
 */
record CartRules(
        Function<CartRules.Backing, Carts> carts,
        BiFunction<CartId, String, OperationId> ids,
        BiFunction<OperationId, CartId, OperationId> copyIds) {

    static final CartLimits LIMITS =
            new CartLimits(500, 9_999, 2_000, 1_000, Duration.ofSeconds(25), Duration.ofHours(1));

    /** What an instance's carts stand on. */
    record Backing(DynamoStore store, SimulatedNode node) {

        Clocks clocks() {
            return new Clocks(node.wallClock(), node::nanos);
        }
    }

    static CartRules real() {
        return new CartRules(CartRules::realCarts, OperationId::of, OperationId::copiedFrom);
    }

    /** Carts as the application makes them. */
    static Carts realCarts(Backing backing) {
        return new Carts(backing.store, LIMITS, backing.clocks(), Runnable::run);
    }

    CartRules withCarts(Function<Backing, Carts> newCarts) {
        return new CartRules(newCarts, ids, copyIds);
    }
}
