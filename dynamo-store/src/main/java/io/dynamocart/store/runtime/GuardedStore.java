package io.dynamocart.store.runtime;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The door to a node's store: lets in so many requests at once and no more, and none once it is closed. Thread-safe.
 */
final class GuardedStore implements DynamoStore {

    private final DynamoStore store;
    private final int most;
    private final Semaphore places;
    private volatile boolean closed;

    GuardedStore(DynamoStore store, int most) {
        this.store = store;
        this.most = most;
        this.places = new Semaphore(most);
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        return guard(() -> store.get(key, options));
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return guard(() -> store.put(key, context, value, options));
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        return guard(() -> store.delete(key, context, options));
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return guard(() -> store.replicas(key));
    }

    @Override
    public ReadOptions readOptions() {
        return store.readOptions();
    }

    @Override
    public WriteOptions writeOptions() {
        return store.writeOptions();
    }

    @Override
    public String seal(Context context) {
        return store.seal(context);
    }

    @Override
    public Context open(Key key, String sealed) {
        return store.open(key, sealed);
    }

    /** Lets nobody in any more, and waits for those inside; false if some are still there in the end. */
    boolean close(Duration patience) {
        closed = true;
        try {
            return places.tryAcquire(most, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> CompletableFuture<T> guard(Supplier<CompletableFuture<T>> request) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new StoreException.NotReady("this node is stopping; ask another one"));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new StoreException.Overloaded(
                    "this node has %d requests under way; try again in a moment".formatted(most)));
        }
        return request.get().whenComplete((_, _) -> places.release());
    }
}
