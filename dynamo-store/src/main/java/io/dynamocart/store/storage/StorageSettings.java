package io.dynamocart.store.storage;

/**
 * How a node uses its disk and the memory in front of it.
 *
 * @param cacheBytes memory for records at hand; larger answers more reads without the disk. 0 for none
 * @param writeBufferBytes memory that LevelDB gathers writes in before it writes a table; up to two of them are held.
 *     Larger means fewer and larger compactions
 */
public record StorageSettings(long cacheBytes, int writeBufferBytes) {

    public StorageSettings {
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("a cache of %d bytes".formatted(cacheBytes));
        }
        if (writeBufferBytes < 1 << 16) {
            throw new IllegalArgumentException(
                    "a write buffer of %d bytes is below 64 KiB".formatted(writeBufferBytes));
        }
    }
}
