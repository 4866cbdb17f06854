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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<Inside> inside = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean abandoned;

    GuardedStore(DynamoStore store, int most) {
        this.store = store;
        this.most = most;
        this.places = new Semaphore(most);
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        return guard(() -> store.get(key, options), GuardedStore::stopped);
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return guard(() -> store.put(key, context, value, options), () -> unknown(options));
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        return guard(() -> store.delete(key, context, options), () -> unknown(options));
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return guard(() -> store.replicas(key), GuardedStore::stopped);
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

    /** The node has ended: whoever is still inside will have no other answer than this. */
    void abandon() {
        abandoned = true;
        inside.forEach(Inside::abandon);
    }

    /** @param problem the answer if the node ends before it gives one */
    private <T> CompletableFuture<T> guard(Supplier<CompletableFuture<T>> request, Supplier<StoreException> problem) {
        if (closed) {
            return CompletableFuture.failedFuture(stopped());
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new StoreException.Overloaded(
                    "this node has %d requests under way; try again in a moment".formatted(most)));
        }
        CompletableFuture<T> answer = begin(request).whenComplete((_, _) -> places.release());
        Inside entered = new Inside(answer, problem);
        inside.add(entered);
        CompletableFuture<?> _ = answer.whenComplete((_, _) -> inside.remove(entered));
        if (abandoned) {
            abandon();
        }
        return answer;
    }

    private <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
    }

    private static StoreException stopped() {
        return new StoreException.NotReady("this node is stopping; ask another one");
    }

    private static StoreException unknown(WriteOptions options) {
        return new StoreException.OutcomeUnknown(
                "this node stopped before the write had ended. It may have been kept or not", options.w(), List.of());
    }

    /** A request under way; each is another, whatever it asks. */
    private static final class Inside {

        private final CompletableFuture<?> answer;
        private final Supplier<StoreException> problem;

        Inside(CompletableFuture<?> answer, Supplier<StoreException> problem) {
            this.answer = answer;
            this.problem = problem;
        }

        void abandon() {
            answer.completeExceptionally(problem.get());
        }
    }
}
