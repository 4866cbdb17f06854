package io.dynamocart.store.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Counts the requests under way by the ring under which they were begun, to tell when all of an older ring have ended.
 * Not thread-safe.
 */
final class RequestEras {

    private final Deque<Era> eras = new ArrayDeque<>(List.of(new Era()));

    /** The time during which one ring is acted by. */
    final class Era {

        private final List<Runnable> whenFirst = new ArrayList<>(0);
        private int open;

        private Era() {}

        /** A request that was begun in this era has ended. */
        void end() {
            open--;
            sweep();
        }
    }

    /** Begins a request, which must be ended once. */
    Era begin() {
        Era current = eras.getLast();
        current.open++;
        return current;
    }

    /** Begins another era: requests are begun under another ring from now on. */
    void turn() {
        eras.addLast(new Era());
        sweep();
    }

    /** Runs an action once every request has ended that was begun under a ring before the present one. */
    void whenOlderEnded(Runnable action) {
        if (eras.size() == 1) {
            action.run();
        } else {
            eras.getLast().whenFirst.add(action);
        }
    }

    private void sweep() {
        while (eras.size() > 1 && eras.getFirst().open == 0) {
            eras.removeFirst();
            List<Runnable> waiting = List.copyOf(eras.getFirst().whenFirst);
            eras.getFirst().whenFirst.clear();
            waiting.forEach(Runnable::run);
        }
    }
}
