package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Things to be done at given times, in order of time and then of asking. Not thread-safe. */
final class Timers {

    private final TreeSet<Timer> pending = new TreeSet<>(
            Comparator.comparingLong((Timer timer) -> timer.at).thenComparingLong(timer -> timer.sequence));
    private long sequence;

    /** One thing to be done, at one time; set again, it is done at the new time only. */
    final class Timer {
        private final Consumer<Moment> action;
        private final @Nullable Duration period;
        private long at;
        private long sequence;
        private boolean set;

        private Timer(Consumer<Moment> action, @Nullable Duration period) {
            this.action = action;
            this.period = period;
        }

        /** Makes it due at {@code nanos}, instead of when it was due before. */
        void set(long nanos) {
            if (set && at == nanos) {
                return;
            }
            cancel();
            at = nanos;
            sequence = Timers.this.sequence++;
            set = true;
            pending.add(this);
        }

        /** Makes it due after {@code wait}, instead of when it was due before. */
        void setIn(Moment now, Duration wait) {
            set(now.nanos() + wait.toNanos());
        }

        void cancel() {
            if (set) {
                pending.remove(this);
                set = false;
            }
        }
    }

    /** A timer for {@code action}, not yet set. */
    Timer timer(Consumer<Moment> action) {
        return new Timer(action, null);
    }

    /**
     * A timer for periodic work, not yet set. Each time that it is due it is set anew, and before the work is done, so that
     * nothing that this throws ends it (docs/decisions/0022).
     */
    Timer every(Duration period, Consumer<Moment> action) {
        return new Timer(action, period);
    }

    /** Does what is due. */
    void run(Moment now) {
        while (!pending.isEmpty() && pending.first().at <= now.nanos()) {
            Timer due = pending.pollFirst();
            due.set = false;
            if (due.period != null) {
                due.setIn(now, due.period);
            }
            due.action.accept(now);
        }
    }

    /** When the next thing is due, {@link Long#MAX_VALUE} if nothing is. */
    long next() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.first().at;
    }
}
