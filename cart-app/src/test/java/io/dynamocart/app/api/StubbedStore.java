package io.dynamocart.app.api;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store in memory that fails as it is told to. Every context text stands for one version that it cannot find. */
final class StubbedStore implements DynamoStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Dot FAR_AWAY = new Dot(new Actor("node-2", 1), 1);
    private static final Actor NODE = new Actor("node-1", 1);

    private final Map<Key, Versions> held = new HashMap<>();
    private final Map<Key, RuntimeException> failures = new HashMap<>();
    private int lastWrite;
    private CompletableFuture<?> reads = CompletableFuture.completedFuture(null);
    private CompletableFuture<?> writes = CompletableFuture.completedFuture(null);

    /** From now on reads do not succeed before this does, and fail as it fails. */
    void readsWaitFor(CompletableFuture<?> event) {
        reads = event;
    }

    /** From now on writes do not succeed before this does, and fail as it fails. */
    void writesWaitFor(CompletableFuture<?> event) {
        writes = event;
    }

    /** From now on this key can be read, and not written. */
    void writesFail(Key key, RuntimeException problem) {
        failures.put(key, problem);
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        if (!options.atLeast().isEmpty()) {
            return CompletableFuture.failedFuture(new StoreException.NotCovered("node-2 cannot be reached"));
        }
        Instant now = Instant.now();
        return reads.thenApply(_ -> {
            Versions found = held.getOrDefault(key, Versions.none());
            return new GetResult(found, Context.of(key, found, NODE.node()), 1, 0, 1, false, now, now);
        });
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return write(key, context, value);
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        return write(key, context, null);
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return reads.thenApply(_ -> List.of());
    }

    @Override
    public ReadOptions readOptions() {
        return ReadOptions.of(3, 2, TIMEOUT);
    }

    @Override
    public WriteOptions writeOptions() {
        return WriteOptions.of(3, 2, TIMEOUT);
    }

    @Override
    public String seal(Context context) {
        return "sealed";
    }

    @Override
    public Context open(Key key, String sealed) {
        return new Context(key, Clock.of(FAR_AWAY), Clock.empty(), null);
    }

    private CompletableFuture<PutResult> write(Key key, Context context, @Nullable Value value) {
        return writes.thenApply(_ -> {
            if (failures.containsKey(key)) {
                throw failures.get(key);
            }
            Dot dot = new Dot(NODE, ++lastWrite);
            Versions before = held.getOrDefault(key, Versions.none());
            held.put(key, before.write(dot, context.clock(), Instant.now(), value, Truncation.off()));
            return new PutResult(dot, context.after(dot), 1, 0);
        });
    }
}
