package io.dynamocart.store.replica;

import io.dynamocart.store.version.Versions;

/** A node's copy of a key, as far as the node can tell. */
public sealed interface Copy {

    /**
     * The versions that the node shows who asks: what it has on disk or, in its object buffer, ahead of it; none if it
     * never had any.
     */
    record Held(Versions versions) implements Copy {}

    /** Something is on its disk that is not what was written. */
    record Damaged(String detail) implements Copy {}

    /** The node's disk does not answer. */
    record Unreadable(String detail) implements Copy {}

    /** This copy and another at the same node, taken together; what cannot be told of one cannot be told of both. */
    default Copy join(Copy other) {
        if (this instanceof Held(Versions mine) && other instanceof Held(Versions others)) {
            return new Held(mine.merge(others));
        }
        return this instanceof Held ? other : this;
    }
}
