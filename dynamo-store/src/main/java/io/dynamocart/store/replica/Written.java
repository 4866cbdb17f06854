package io.dynamocart.store.replica;

import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Versions;
import org.jspecify.annotations.Nullable;

/** The outcome of a write to this node's own disk. */
public sealed interface Written {

    /** Whether the write is on disk. */
    default boolean isDurable() {
        return this instanceof Durable;
    }

    /** Whether the key has been removed from the disk: it was written with no versions. */
    default boolean isRemoved() {
        return this instanceof Durable durable && durable.versions().isEmpty();
    }

    /** The write is done, as far as was asked. */
    sealed interface Done extends Written {

        /** The dot that was issued for it, null if it only merged what others wrote. */
        @Nullable
        Dot dot();

        /** All versions of the key as of this write. */
        Versions versions();
    }

    /** The write is on disk. */
    record Durable(@Nullable Dot dot, Versions versions) implements Done {}

    /**
     * The write is in memory, and on its way to the disk; only for who asked for no more
     * ({@link Durability#IN_BUFFER}).
     */
    record Buffered(@Nullable Dot dot, Versions versions) implements Done {}

    /**
     * The write would make more siblings than a key may have, or longer ones; nothing was written.
     *
     * @param held what the key has, in words
     */
    record TooManyVersions(String held) implements Written {}

    /** So much is kept for a node already that no further key is taken; nothing was written. */
    record Full(int most) implements Written {}

    /**
     * The disk failed, is full, or did not get to reading the record in time.
     *
     * @param untouched whether it is certain that nothing was written; otherwise it may be on disk or not
     */
    record DiskFailed(String detail, boolean untouched) implements Written {}
}
