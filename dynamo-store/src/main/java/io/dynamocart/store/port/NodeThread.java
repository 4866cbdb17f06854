package io.dynamocart.store.port;

import java.util.List;
import java.util.function.Consumer;

/** The one thread that a node runs on. */
@FunctionalInterface
public interface NodeThread {

    /**
     * Runs the action on the node's thread, after all that was handed over before by the same caller, and tells it the
     * time. Thread-safe; dropped once the node has stopped.
     */
    void execute(Consumer<Moment> action);

    /**
     * Runs the actions one after the other, with one hand-over for all of them. What one throws keeps none of the
     * others from being run: it is thrown by an action of its own.
     */
    default void executeAll(List<Consumer<Moment>> actions) {
        execute(now -> {
            for (Consumer<Moment> action : actions) {
                try {
                    action.accept(now);
                } catch (RuntimeException | Error thrown) {
                    execute(_ -> {
                        throw thrown;
                    });
                }
            }
        });
    }
}
