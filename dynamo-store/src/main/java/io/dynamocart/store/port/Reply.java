package io.dynamocart.store.port;

/** An action that takes what was asked for, once that is there. Called on the node's thread. */
@FunctionalInterface
public interface Reply<T> {

    /**
     * Takes the outcome.
     *
     * @param now when it was there
     */
    void accept(Moment now, T outcome);
}
