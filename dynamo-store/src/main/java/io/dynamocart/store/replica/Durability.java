package io.dynamocart.store.replica;

/** Where a write has to be before it is reported done (paper §6.1). */
public enum Durability {

    /** On disk. */
    ON_DISK,

    /** In memory, on its way to the disk; on disk all the same where the buffer for this is full. */
    IN_BUFFER
}
