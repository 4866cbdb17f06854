package io.dynamocart.store.node;

import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.port.Moment;
import java.util.function.Consumer;

/**
 * Reads the hints on disk when this node starts, and lets it take part only then: it must not answer without knowing
 * what it keeps for others. Not thread-safe.
 */
final class HintRecovery {

    private final Hints hints;
    private final Readiness readiness;
    private final Consumer<Moment> takePart;
    private final Timers.Timer retry;

    HintRecovery(Hints hints, Readiness readiness, Timers timers, Consumer<Moment> takePart) {
        this.hints = hints;
        this.readiness = readiness;
        this.takePart = takePart;
        this.retry = timers.timer(this::start);
        readiness.onUnopened("this node is reading what it keeps for others");
    }

    void start(Moment now) {
        hints.open(now, (then, opened) -> {
            if (opened) {
                readiness.onUnopened(null);
                takePart.accept(then);
            } else {
                readiness.onUnopened("the disk of this node cannot be read");
                retry.setIn(then, WatchedDisk.RETRY_AFTER);
            }
        });
    }
}
