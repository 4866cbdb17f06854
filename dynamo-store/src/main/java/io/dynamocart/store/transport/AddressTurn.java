package io.dynamocart.store.transport;

/**
 * Which of the addresses of a name is tried next: another one after each that came to nothing, and first of all the one
 * that has led to the peer. Read by any thread, changed by one.
 */
final class AddressTurn {

    private volatile int turn;
    private int good;

    /** As {@link HostAndPort#resolve(int)} takes it. */
    int next() {
        return turn;
    }

    /** This one came to nothing, or leads where another one does. */
    void pass() {
        turn = (turn + 1) & Integer.MAX_VALUE;
    }

    /** This one leads to the peer. */
    void onUp() {
        good = turn;
    }

    /** The peer lives: it is probably where it was. */
    void onCalled() {
        turn = good;
    }
}
