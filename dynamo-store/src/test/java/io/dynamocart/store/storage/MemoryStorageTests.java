package io.dynamocart.store.storage;

import io.dynamocart.store.port.Storage;

class MemoryStorageTests extends StorageContract {

    private final MemoryStorage storage = new MemoryStorage(thread);

    @Override
    Storage storage() {
        return storage;
    }
}
