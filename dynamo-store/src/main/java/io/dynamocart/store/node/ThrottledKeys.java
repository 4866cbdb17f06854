package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A queue of keys that scrubbing came upon and about which something is to be done, worked off beside the work for
 * clients: ten a second at most. Not thread-safe.
 */
final class ThrottledKeys {

    private static final Duration ROUND = Duration.ofMillis(100);

    /** The most keys that may wait. Further ones are found again when the disk is read the next time. */
    private static final int MAX_WAITING = 1_000;

    private final TreeSet<Key> waiting = new TreeSet<>();
    private final BiConsumer<Moment, Key> action;
    private final Timers.Timer round;

    ThrottledKeys(Timers timers, BiConsumer<Moment, Key> action) {
        this.action = action;
        this.round = timers.timer(this::onRound);
    }

    boolean isFull() {
        return waiting.size() >= MAX_WAITING;
    }

    /** Adds a key to the queue, unless that is full. */
    void add(Moment now, Key key) {
        if (isFull()) {
            return;
        }
        if (waiting.isEmpty()) {
            round.setIn(now, ROUND);
        }
        waiting.add(key);
    }

    private void onRound(Moment now) {
        Key key = waiting.pollFirst();
        if (!waiting.isEmpty()) {
            round.setIn(now, ROUND);
        }
        if (key != null) {
            action.accept(now, key);
        }
    }
}
