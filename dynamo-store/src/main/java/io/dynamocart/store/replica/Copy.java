package io.dynamocart.store.replica;

import io.dynamocart.store.version.Versions;

/** What a node can say of its copy of a key. */
public sealed interface Copy {

    /** The versions it shows who asks: what it has on disk or, in its object buffer, ahead of it; none if it never had any. */
    record Held(Versions versions) implements Copy {}

    /** Something is on its disk that is not what was written. */
    record Damaged(String detail) implements Copy {}

    /** Its disk does not answer. */
    record Unreadable(String detail) implements Copy {}

    /** Both at one node taken together; what cannot be told of one cannot be told of both. */
    default Copy join(Copy other) {
        if (this instanceof Held(Versions mine) && other instanceof Held(Versions others)) {
            return new Held(mine.merge(others));
        }
        return this instanceof Held ? other : this;
    }
}
