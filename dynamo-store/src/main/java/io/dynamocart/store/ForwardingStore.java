package io.dynamocart.store;

import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A store that has everything done by another one; a subclass says what it does otherwise. Not for what has to see
 * every request, also those that come to the interface later: that implements the interface itself.
 */
public abstract class ForwardingStore implements DynamoStore {

    private final DynamoStore store;

    /** @param store does everything that is not overridden */
    protected ForwardingStore(DynamoStore store) {
        this.store = store;
    }

    @Override
    public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
        return store.get(key, options);
    }

    @Override
    public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
        return store.put(key, context, value, options);
    }

    @Override
    public CompletableFuture<PutResult> delete(Key key, Context context, WriteOptions options) {
        return store.delete(key, context, options);
    }

    @Override
    public CompletableFuture<List<ReplicaCopy>> replicas(Key key) {
        return store.replicas(key);
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
}
