package io.dynamocart.store.replica;

import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;

/** Told of every change of a replica's records, once it is on disk. Called on the node's thread. */
@FunctionalInterface
public interface CommitListener {

    /**
     * The versions under a key have changed.
     *
     * @param before what was there, none if nothing was or what was is damaged
     */
    void onCommitted(Key key, Versions before, Versions after);

    /** A listener that does nothing with what it is told. */
    static CommitListener none() {
        return (_, _, _) -> {};
    }
}
