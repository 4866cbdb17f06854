package io.dynamocart.store.storage;

/**
 * The settings for how a node uses its disk and the memory in front of it.
 *
 * @param cacheBytes memory for records at hand; larger answers more reads without the disk. 0 for none
 * @param writeBufferBytes memory that LevelDB gathers writes in before it writes a table; up to two of them are held.
 *     Larger means fewer and larger compactions
 * @param reserveBytes free space on the disk below which no writes are taken; at least two write buffers, which have to
 *     go to the disk in any case. A compaction may want some twelve write buffers and 30 MB for a moment; where it does
 *     not get them the node loses nothing, but has to be started anew
 */
public record StorageSettings(long cacheBytes, int writeBufferBytes, long reserveBytes) {

    /** Enough for any compaction with a write buffer of 16 MB. */
    public static final long STANDARD_RESERVE = 256L << 20;

    public StorageSettings {
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("a cache of %d bytes".formatted(cacheBytes));
        }
        if (writeBufferBytes < 1 << 16) {
            throw new IllegalArgumentException(
                    "a write buffer of %d bytes is below 64 KiB".formatted(writeBufferBytes));
        }
        if (reserveBytes < 2L * writeBufferBytes) {
            throw new IllegalArgumentException("a disk reserve of %d bytes is below two write buffers of %d"
                    .formatted(reserveBytes, writeBufferBytes));
        }
    }

    /** With the standard reserve. */
    public StorageSettings(long cacheBytes, int writeBufferBytes) {
        this(cacheBytes, writeBufferBytes, Math.max(STANDARD_RESERVE, 2L * writeBufferBytes));
    }
}
