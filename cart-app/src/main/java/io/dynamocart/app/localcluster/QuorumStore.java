package io.dynamocart.app.localcluster;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.ForwardingStore;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;

/** A store with an R and a W that can be changed. Thread-safe. */
final class QuorumStore extends ForwardingStore {

    private final Quorum quorum;

    QuorumStore(DynamoStore store, Quorum quorum) {
        super(store);
        this.quorum = quorum;
    }

    @Override
    public ReadOptions readOptions() {
        ReadOptions own = super.readOptions();
        return quorum.size().map(size -> own.withR(size.r())).orElse(own);
    }

    @Override
    public WriteOptions writeOptions() {
        WriteOptions own = super.writeOptions();
        return quorum.size().map(size -> own.withW(size.w())).orElse(own);
    }
}
