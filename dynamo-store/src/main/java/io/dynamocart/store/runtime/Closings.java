package io.dynamocart.store.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resources that were opened one after the other, to be closed the last first, each whatever comes of the others:
 * threads that were left behind would keep the process, without a port. Not thread-safe.
 */
final class Closings implements AutoCloseable {

    private final Deque<Runnable> closings = new ArrayDeque<>();

    void add(Runnable closing) {
        closings.push(closing);
    }

    /** Closes everything. What is thrown first is thrown in the end, and the rest of it is suppressed by that. */
    @Override
    public void close() {
        Runnable last = closings.poll();
        if (last != null) {
            Closings others = this;
            try (others) {
                last.run();
            }
        }
    }

    /** Closes everything because of a failure, which suppresses what is thrown. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }
}
