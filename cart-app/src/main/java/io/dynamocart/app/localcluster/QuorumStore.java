package io.dynamocart.app.localcluster;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A store with an R and a W that can be changed; everything is done by the store behind it. */
record QuorumStore(DynamoStore store, Quorum quorum) implements DynamoStore {

    @Override
    public ReadOptions readOptions() {
        ReadOptions own = store.readOptions();
        return quorum.size().map(size -> own.withR(size.r())).orElse(own);
    }

    @Override
    public WriteOptions writeOptions() {
        WriteOptions own = store.writeOptions();
        return quorum.size().map(size -> own.withW(size.w())).orElse(own);
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
    public String seal(Context context) {
        return store.seal(context);
    }

    @Override
    public Context open(Key key, String sealed) {
        return store.open(key, sealed);
    }
}
