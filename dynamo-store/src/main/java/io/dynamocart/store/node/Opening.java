package io.dynamocart.store.node;

import io.dynamocart.store.handoff.Hints;
import io.dynamocart.store.port.Moment;
import java.util.function.Consumer;

/**
 * Lets this node take part once it knows what it keeps for others: it must not answer without that. Not thread-safe.
 */
final class Opening {

    private final Hints hints;
    private final Consumer<Moment> takePart;
    private final Timers.Timer retry;
    private String obstacle = "this node is reading what it keeps for others";

    Opening(Hints hints, Timers timers, Consumer<Moment> takePart) {
        this.hints = hints;
        this.takePart = takePart;
        this.retry = timers.timer(this::start);
    }

    void start(Moment now) {
        hints.open(now, (then, opened) -> {
            if (opened) {
                obstacle = "";
                takePart.accept(then);
            } else {
                obstacle = "the disk of this node cannot be read";
                retry.set(then.nanos() + WatchedDisk.RETRY_AFTER.toNanos());
            }
        });
    }

    /** What is in the way, in words; empty once nothing is. */
    String obstacle() {
        return obstacle;
    }
}
