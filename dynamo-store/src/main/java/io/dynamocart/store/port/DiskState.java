package io.dynamocart.store.port;

/** The state of a disk: whether it takes writes. */
public sealed interface DiskState {

    record Fine() implements DiskState {}

    /**
     * The disk has no room, stands still, or too many writes wait for it. It takes writes again by itself once that is
     * over, and has touched nothing meanwhile.
     */
    record Full(String detail) implements DiskState {}

    /**
     * A write failed, or the disk cannot be read at some place. Nothing is written any more until the node is started
     * anew: after a failed sync nobody knows what the disk holds (docs/invariants.md D23).
     */
    record Failed(String detail) implements DiskState {}
}
