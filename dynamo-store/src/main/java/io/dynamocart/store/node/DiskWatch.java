package io.dynamocart.store.node;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Looks after this node's disk, and tells when it stops to take writes and when it takes them again. Not thread-safe.
 */
final class DiskWatch {

    /** How often the disk is looked at, also without any write, so that a full one shows before somebody needs it. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Supplier<DiskState> disk;
    private final NodeEvent.Listener listener;
    private final Timers.Timer round;
    private DiskState state = new DiskState.Fine();

    DiskWatch(Supplier<DiskState> disk, Timers timers, NodeEvent.Listener listener) {
        this.disk = disk;
        this.listener = listener;
        this.round = timers.every(ROUND, this::onRound);
    }

    void start(Moment now) {
        round.setIn(now, ROUND);
        onRound(now);
    }

    /** The disk as it was when it was last looked at. */
    DiskState state() {
        return state;
    }

    private void onRound(Moment now) {
        DiskState before = state;
        state = disk.get();
        if (before.getClass() != state.getClass()) {
            listener.on(
                    switch (state) {
                        case DiskState.Fine() -> new NodeEvent.DiskHasRoom();
                        case DiskState.Full(String detail) -> new NodeEvent.DiskFull(detail);
                        case DiskState.Failed(String detail) -> new NodeEvent.DiskFailed(detail);
                    });
        }
    }
}
