package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;

/**
 * A home replica as a write finds it, or a place that has none.
 *
 * @param node the home replica, or the node that may come to be it
 */
public record Recipient(NodeId node, State state) {

    /** The states of a recipient by what a write may expect of it, best first. */
    public enum State {

        /** A home replica that may be expected to answer. */
        TRUSTED,

        /** A home replica that messages have a way to, and that did not answer of late. */
        SUSPECTED,

        /** A place that nobody has now: somebody stands in for the node, which may come to have it. */
        VACANT,

        /** A home replica that messages have no way to. */
        UNREACHABLE
    }

    boolean isTrusted() {
        return state == State.TRUSTED;
    }

    boolean isReachable() {
        return state == State.TRUSTED || state == State.SUSPECTED;
    }
}
