package io.dynamocart.store.replica;

import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Versions;
import org.jspecify.annotations.Nullable;

/** What came of a local write. */
public sealed interface Written {

    /**
     * It is on disk.
     *
     * @param dot the dot that was issued for it, null if it only merged what others wrote
     * @param versions all versions of the key as of this write
     */
    record Durable(@Nullable Dot dot, Versions versions) implements Written {}

    /** It would make more siblings than a key may have; nothing was written. */
    record TooManyVersions(int most) implements Written {}

    /** So much is kept for a node already that no further key is taken; nothing was written. */
    record Full(int most) implements Written {}

    /**
     * The disk failed, or is full.
     *
     * @param untouched whether it is certain that nothing was written; otherwise it may be on disk or not
     */
    record DiskFailed(String detail, boolean untouched) implements Written {}
}
