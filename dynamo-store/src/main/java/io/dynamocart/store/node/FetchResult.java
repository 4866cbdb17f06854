package io.dynamocart.store.node;

import io.dynamocart.store.replica.Copy;
import java.time.Instant;

/** The outcome of asking a node for its copy of a key. */
sealed interface FetchResult {

    /** The node has looked, and this is what it found; {@code clock} is its wall clock. */
    record Found(Copy copy, Instant clock) implements FetchResult {}

    /** The node holds what the question said. Only who asked under this condition expects it. */
    record Same(Instant clock) implements FetchResult {}

    /** There will be no answer, or none that can be used. */
    record Lost() implements FetchResult {}
}
