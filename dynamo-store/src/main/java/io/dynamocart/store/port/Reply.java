package io.dynamocart.store.port;

/** What to do when something asked for is there. Called on the node's thread. */
@FunctionalInterface
public interface Reply<T> {

    /**
     * Takes the outcome.
     *
     * @param now when it was there
     */
    void accept(Moment now, T outcome);
}
