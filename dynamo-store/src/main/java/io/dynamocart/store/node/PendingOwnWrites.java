package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** The writes that this node coordinates and its own disk has not done yet. Not thread-safe. */
final class PendingOwnWrites {

    private final SequencedSet<Write> open = new LinkedHashSet<>();

    /** A write that this node coordinates. */
    final class Write {

        private final long since;
        private final long deadline;

        private Write(long since, long deadline) {
            this.since = since;
            this.deadline = deadline;
        }

        /** The write is on disk, or has failed. */
        void end() {
            open.remove(this);
        }
    }

    /** Begins a write, which must be ended. */
    Write begin(Moment now, long deadline) {
        Write write = new Write(now.nanos(), deadline);
        open.add(write);
        return write;
    }

    /** For how long the disk has not done the oldest of these writes, in nanoseconds; 0 where there is none. */
    long behind(Moment now) {
        // One that is lost would say it for ever
        while (!open.isEmpty() && open.getFirst().deadline + LostRequest.OVERDUE.toNanos() < now.nanos()) {
            open.removeFirst();
        }
        return open.isEmpty() ? 0 : now.nanos() - open.getFirst().since;
    }
}
