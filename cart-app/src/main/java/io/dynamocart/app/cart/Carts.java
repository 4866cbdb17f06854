package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Operation.Absorb;
import io.dynamocart.store.DynamoStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The carts of a shop, through one instance of the store. Operations on one cart are done in the order in which they
 * arrive, but for those that wait until what their clients have seen can be read; those on different carts have nothing to
 * do with one another. Thread-safe; nothing blocks. Futures fail with a {@link CartProblem} or with what the store fails
 * with, and those of merges also with {@link UnfinishedMerge}.
 */
public final class Carts {

    private final DynamoStore store;
    private final VersionReader versions;
    private final CartStore storedCarts;
    private final BatchWriter batches;
    private final CartLimits limits;
    private final Clocks clocks;
    private final GuestMerge guests;
    private final Executor executor;
    private final Map<CartId, CartWriter> writers = new ConcurrentHashMap<>();

    /** @param executor where carts are decoded and merged, and clients answered */
    public Carts(DynamoStore store, CartLimits limits, Clocks clocks, Executor executor) {
        this(store, new ObservedRemove(), Entry::copiedFrom, limits, clocks, executor);
    }

    /** @param copier as of {@link GuestMerge} */
    Carts(
            DynamoStore store,
            MergeStrategy strategy,
            BiFunction<Entry, CartId, Entry> copier,
            CartLimits limits,
            Clocks clocks,
            Executor executor) {
        this.store = store;
        this.versions = new VersionReader();
        this.storedCarts = new CartStore(store, versions, strategy, executor);
        this.batches = new BatchWriter(storedCarts, limits, clocks, executor);
        this.guests = new GuestMerge(storedCarts, this::apply, copier, executor);
        this.limits = limits;
        this.clocks = clocks;
        this.executor = executor;
    }

    /** The cart as it is; one that nobody wrote is empty. */
    public CompletableFuture<CartSnapshot> get(CartId cart) {
        return storedCarts
                .read(cart)
                .thenApply(read ->
                        new CartSnapshot(cart, read.state(), read.found().context(), null));
    }

    /**
     * Does an operation, once, however often it is asked for.
     *
     * @param shown what of the outcome its client will be shown
     * @param ifMatch tags of which the cart must have one, null if any will do
     */
    public CompletableFuture<CartSnapshot> apply(
            CartId cart, Operation operation, Shown shown, @Nullable List<String> ifMatch) {
        while (true) {
            CompletableFuture<CartSnapshot> answer =
                    writers.computeIfAbsent(cart, this::newWriter).submit(operation, shown, ifMatch);
            if (answer != null) {
                return answer;
            }
        }
    }

    /**
     * Takes a guest's cart into that of the customer the guest turns out to be. First every entry is copied under an
     * identity of its own that does not depend on who copies it, or how often; only when the copies are safe, what was
     * copied is taken out of the guest's cart. What the guest itself has taken out by then is taken out of the customer's
     * cart. To die in between leaves both as they are, and another try ends it, under its own identity or another.
     *
     * @param operation the identity of this login
     * @param repeatable whether its client may repeat it, as of {@link Operation.Remove}
     */
    public CompletableFuture<CartSnapshot> mergeGuest(
            CartId customer, CartId guest, OperationId operation, boolean repeatable, @Nullable List<String> ifMatch) {
        if (customer.equals(guest)) {
            return apply(
                    customer,
                    new Absorb(operation, List.of(), Collections.emptySortedSet(), repeatable),
                    new Shown.Whole(),
                    ifMatch);
        }
        return guests.merge(customer, guest, operation, repeatable, ifMatch);
    }

    /** What every replica holds of a cart, and what this strategy makes of it. */
    public CompletableFuture<Explanation> explain(CartId cart, MergeStrategy strategy) {
        return store.replicas(cart.key())
                .thenApplyAsync(copies -> Explanation.of(cart, copies, versions, strategy), executor);
    }

    private CartWriter newWriter(CartId cart) {
        return new CartWriter(cart, batches, limits, clocks, idle -> writers.remove(cart, idle));
    }
}
