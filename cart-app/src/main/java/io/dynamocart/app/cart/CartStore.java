package io.dynamocart.app.cart;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Carts in the store: reads and merges their versions, and writes new ones. Thread-safe. */
final class CartStore {

    private final DynamoStore store;
    private final VersionReader versions;
    private final MergeStrategy strategy;
    private final Executor executor;

    /** @param executor where all that takes longer the larger a cart is gets done: the store's own thread has no time */
    CartStore(DynamoStore store, VersionReader versions, MergeStrategy strategy, Executor executor) {
        this.store = store;
        this.versions = versions;
        this.strategy = strategy;
        this.executor = executor;
    }

    CompletableFuture<CartRead> read(CartId cart) {
        return read(cart, store.readOptions());
    }

    /** Reads from all home replicas, as far as they answer. */
    CompletableFuture<CartRead> readEverywhere(CartId cart) {
        return read(cart, store.readOptions().withEveryReplica());
    }

    /** Reads again, from every node that may hold any of it. */
    CompletableFuture<CartRead> readEverywhere(CartRead first) {
        Clock atLeast = first.found().context().clock();
        return read(first.cart(), store.readOptions().withEveryReplica().withAtLeast(atLeast));
    }

    /**
     * Reads in order to write, so it asks for no more answers than a write needs: whatever it misses is merged later, while
     * an add that is refused is a sale lost.
     *
     * @param atLeast what a client has seen and the result must cover; where the replicas that can be reached do not
     *     hold it, the future fails with {@link CartProblem.ContextNotCovered}
     */
    CompletableFuture<CartRead> readToWrite(CartId cart, Clock atLeast) {
        ReadOptions usual = store.readOptions();
        ReadOptions toWrite =
                usual.withR(Math.min(usual.r(), store.writeOptions().w()));
        return read(cart, toWrite.withAtLeast(atLeast))
                .exceptionallyCompose(problem -> CompletableFuture.failedFuture(
                        rootOf(problem) instanceof StoreException.NotCovered
                                ? new CartProblem.ContextNotCovered(cart)
                                : problem));
    }

    /** Writes what has become of a cart that was read. */
    CompletableFuture<CartSnapshot> write(CartRead read, CartState state) {
        CartId cart = read.cart();
        Context context = read.found().context();
        return store.put(
                        cart.key(),
                        context,
                        CartCodec.encode(cart, state),
                        store.writeOptions().withRepeatable(true))
                .thenApplyAsync(
                        put -> {
                            Dot dot = put.dot();
                            CartState named = state.foundIn(dot);
                            versions.remember(cart, dot, named);
                            return new CartSnapshot(cart, named, context.after(dot), dot);
                        },
                        executor);
    }

    /**
     * Whether as many nodes have what was read as have to have what is written. Of a cart that was never written there is
     * nothing to have, and nothing done already (docs/invariants.md D31).
     */
    boolean isOnEnough(CartRead read) {
        return read.found().versions().isEmpty()
                || read.found().holders() >= store.writeOptions().w();
    }

    /** How long a write may take. */
    Duration timeout() {
        return store.writeOptions().timeout();
    }

    private CompletableFuture<CartRead> read(CartId cart, ReadOptions options) {
        CompletableFuture<GetResult> found = store.get(cart.key(), options);
        return found.thenApplyAsync(
                result -> CartRead.of(cart, result, versions.read(cart, result.versions()), strategy), executor);
    }

    static Throwable rootOf(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }
}
