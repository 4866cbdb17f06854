package io.dynamocart.store.port;

import java.util.function.Consumer;

/** The one thread that a node runs on. */
@FunctionalInterface
public interface NodeThread {

    /**
     * Runs the action on the node's thread, after all that was handed over before by the same caller, and tells it the
     * time. Thread-safe; dropped once the node has stopped.
     */
    void execute(Consumer<Moment> action);
}
