package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * Does one thing after the other: what comes up while one is done, is done behind it and not within it. A reply may
 * come at once, from a cache or since there is no link, and each may bring up the next thing; done within each other
 * they would take a stack as deep as there are keys. Not thread-safe.
 */
final class SerialQueue<T> {

    private final BiConsumer<Moment, T> action;
    private final Deque<T> due = new ArrayDeque<>();
    private boolean busy;

    SerialQueue(BiConsumer<Moment, T> action) {
        this.action = action;
    }

    /** Has all of them done when it returns, unless it was called from within one of them. */
    void add(Moment now, Collection<T> things) {
        due.addAll(things);
        if (busy) {
            return;
        }
        busy = true;
        try {
            while (!due.isEmpty()) {
                action.accept(now, due.remove());
            }
        } finally {
            // One that fails must not hold up for ever what comes later
            busy = false;
        }
    }
}
