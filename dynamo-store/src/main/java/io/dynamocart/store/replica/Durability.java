package io.dynamocart.store.replica;

/** How durable a write has to be before it is reported done (paper §6.1). */
public enum Durability {

    /** The write is on disk. */
    ON_DISK,

    /** The write is in memory, on its way to the disk; on disk all the same where the buffer for this is full. */
    IN_BUFFER
}
