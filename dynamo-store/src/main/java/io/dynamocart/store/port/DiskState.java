package io.dynamocart.store.port;

/** Whether a disk takes writes. */
public sealed interface DiskState {

    record Fine() implements DiskState {}

    /**
     * It has no room, or too many writes wait for it. It takes writes again by itself once there is some, and has touched
     * nothing meanwhile.
     */
    record Full(String detail) implements DiskState {}

    /**
     * A write failed, or it cannot be read at some place. Nothing is written any more until the node is started anew:
     * after a failed sync nobody knows what the disk holds (docs/invariants.md D23).
     */
    record Failed(String detail) implements DiskState {}
}
