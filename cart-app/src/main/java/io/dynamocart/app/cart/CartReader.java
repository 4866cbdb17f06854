package io.dynamocart.app.cart;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Reads carts from the store and merges their versions. Thread-safe. */
final class CartReader {

    private final DynamoStore store;
    private final VersionReader versions;
    private final MergeStrategy strategy;
    private final Executor executor;

    /** @param executor where versions are decoded and merged */
    CartReader(DynamoStore store, VersionReader versions, MergeStrategy strategy, Executor executor) {
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

    /**
     * Reads until the result covers what clients have seen, as far as the replicas can be reached; a caller has to look
     * whether it does. It is for writing, so it asks for no more answers than a write needs: whatever it misses is
     * merged later, while an add that is refused is a sale lost.
     */
    CompletableFuture<CartRead> readCovering(CartId cart, Clock seen) {
        ReadOptions usual = store.readOptions();
        ReadOptions toWrite =
                usual.withR(Math.min(usual.r(), store.writeOptions().w()));
        return read(cart, toWrite).thenCompose(first -> {
            if (first.found().context().clock().covers(seen)) {
                return CompletableFuture.completedFuture(first);
            }
            Clock wanted = seen.join(first.found().context().clock());
            return read(cart, toWrite.withAtLeast(wanted))
                    .exceptionallyCompose(problem -> rootOf(problem) instanceof StoreException.NotCovered
                            ? CompletableFuture.completedFuture(first)
                            : CompletableFuture.failedFuture(problem));
        });
    }

    /**
     * Reads again, from all home replicas, if the cart remembers operations that may be forgotten where all replicas
     * agree.
     */
    CompletableFuture<CartRead> readToForget(CartRead first, CartLimits limits) {
        Instant latest = first.found().latestClock();
        boolean stale = first.state().remembered().values().stream()
                .anyMatch(operation -> limits.isForgettable(operation, latest));
        if (!stale) {
            return CompletableFuture.completedFuture(first);
        }
        ReadOptions everywhere = store.readOptions()
                .withEveryReplica()
                .withAtLeast(first.found().context().clock());
        return read(first.cart(), everywhere).exceptionally(_ -> first);
    }

    private CompletableFuture<CartRead> read(CartId cart, ReadOptions options) {
        CompletableFuture<GetResult> found = store.get(cart.key(), options);
        return found.thenApplyAsync(
                result -> CartRead.of(cart, result, versions.read(cart, result.versions()), strategy), executor);
    }

    /** Takes note of a version that was just written. */
    CartState wrote(CartId cart, Dot dot, CartState written) {
        CartState named = written.foundIn(dot);
        versions.remember(cart, dot, named);
        return named;
    }

    static Throwable rootOf(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }
}
