package io.dynamocart.store.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: a queue of events in order of time, then of scheduling. Nothing happens but by an event, and every
 * event is run to its end before the next, so a seed decides everything.
 */
public final class Simulation {

    private record Event(long at, long sequence, Runnable action) {}

    private static final byte[] NOTHING = {};

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
    private final SeededRandom random;
    private final Trace trace = new Trace();
    private final long seed;
    private long now;
    private long scheduled;
    private long happened;

    public Simulation(long seed) {
        this.seed = seed;
        this.random = new SeededRandom(seed);
    }

    public long seed() {
        return seed;
    }

    /** Nanoseconds since the beginning. */
    public long now() {
        return now;
    }

    /** A random source for one consumer. */
    public SeededRandom random(String label) {
        return random.fork(label);
    }

    public Trace trace() {
        return trace;
    }

    public void log(String line) {
        log(line, NOTHING, () -> "");
    }

    /** Logs what is too long to be made text of every time: its bytes are all that counts until the line is read. */
    void log(String what, byte[] bytes, Supplier<?> details) {
        trace.add(now, what, bytes, details);
    }

    /** Runs the action after {@code delay} nanoseconds. */
    public void after(long delay, Runnable action) {
        queue.add(new Event(now + Math.max(0, delay), scheduled++, action));
    }

    /** Runs the action, as an event of its own, once the future is done: with its value, or with null and its problem. */
    public <T> void when(CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        CompletableFuture<?> _ =
                future.whenComplete((value, problem) -> after(0, () -> action.accept(value, unwrap(problem))));
    }

    private static @Nullable Throwable unwrap(@Nullable Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }

    /** Runs the next event; false if there is none. */
    public boolean step() {
        Event event = queue.poll();
        if (event == null) {
            return false;
        }
        now = event.at;
        happened++;
        event.action.run();
        return true;
    }

    /** Runs all events of the next {@code duration}. */
    public void runFor(Duration duration) {
        long end = now + duration.toNanos();
        while (!queue.isEmpty() && queue.peek().at <= end) {
            step();
        }
        now = end;
    }

    /** How many events have happened. */
    public long events() {
        return happened;
    }
}
