package io.dynamocart.store;

import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.InvalidContextException;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A highly available key-value store whose nodes run inside the instances of an application (DeCandia et al., "Dynamo:
 * Amazon's Highly Available Key-value Store", SOSP 2007).
 *
 * <p>Reads return every version that no other one replaces. An application that is shown several merges them, and
 * writes the merged value with the context of that read, which replaces them all. Writes are never refused for
 * concurrency: two that did not see each other become two versions.
 *
 * <p>Thread-safe. Nothing blocks. Every future fails with a {@link StoreException} or an {@link
 * InvalidContextException}, in a {@link java.util.concurrent.CompletionException} or without, and in no other way.
 * Futures are completed by the node's own thread: continue with an executor of your own ({@code thenApplyAsync}) unless
 * the continuation is trivial.
 */
public interface DynamoStore {

    /** Reads the versions of {@code key} from R replicas; a key that nobody wrote has none. */
    CompletableFuture<GetResult> get(Key key, ReadOptions options);

    /**
     * Writes a version that replaces all that {@code context} covers; done once W nodes have acknowledged it.
     *
     * @param context from the last read or write of the same key by the same client
     */
    CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options);

    /**
     * Writes a tombstone that replaces all that {@code context} covers. With an empty context it first reads, and
     * replaces what it read.
     */
    CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options);

    /** Asks every home replica for what it holds under {@code key}: for people who want to see versions diverge. */
    CompletableFuture<List<ReplicaCopy>> replicas(Key key);

    /** The store's own settings for reads, for callers that want others for one of them. */
    ReadOptions readOptions();

    /** The store's own settings for writes, for callers that want others for one of them. */
    WriteOptions writeOptions();

    /** Makes a context into a text for clients outside. */
    String seal(Context context);

    /**
     * Reads such a text.
     *
     * @throws InvalidContextException if this cluster did not make it for this key
     */
    Context open(Key key, String sealed);

    /** Reads with the store's own settings. */
    default CompletableFuture<GetResult> get(Key key) {
        return get(key, readOptions());
    }

    /** Writes with the store's own settings. */
    default CompletableFuture<PutResult> put(Key key, Context context, Value value) {
        return put(key, context, value, writeOptions());
    }

    /** Deletes with the store's own settings. */
    default CompletableFuture<PutResult> delete(Key key, Context context) {
        return delete(key, context, writeOptions());
    }
}
