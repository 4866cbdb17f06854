package io.dynamocart.store.node;

import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.port.Moment;
import java.util.function.Consumer;

/**
 * Lets this node take part once it knows what it keeps for others: it must not answer without that. Not thread-safe.
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
                retry.set(then.nanos() + WatchedDisk.RETRY_AFTER.toNanos());
            }
        });
    }
}
