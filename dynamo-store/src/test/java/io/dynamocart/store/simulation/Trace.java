package io.dynamocart.store.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened in a run: a hash of everything, so that two runs of one seed can be compared, and the last lines, so
 * that a failure can be read. Most of them nobody reads, so only those become text that are asked for.
 */
public final class Trace {

    private static final int KEPT = 200;

    private record Line(long nanos, String what, Supplier<?> details) {

        @Override
        public String toString() {
            return "%12.6f %s%s".formatted(nanos / 1e9, what, details.get());
        }
    }

    private final Deque<Line> lastLines = new ArrayDeque<>(KEPT);
    private long hash = 0xcbf29ce484222325L;
    private long length;

    /**
     * Adds a line.
     *
     * @param bytes all that the details come from
     * @param details the rest of the line; the same whenever it is asked for
     */
    void add(long nanos, String what, byte[] bytes, Supplier<?> details) {
        length++;
        hash(nanos);
        for (int i = 0; i < what.length(); i++) {
            hash(what.charAt(i));
        }
        for (byte each : bytes) {
            hash(each);
        }
        if (lastLines.size() == KEPT) {
            lastLines.removeFirst();
        }
        lastLines.add(new Line(nanos, what, details));
    }

    private void hash(long value) {
        hash = (hash ^ value) * 0x100000001b3L;
    }

    /** The same for two runs in which the same things happened in the same order. */
    public long hash() {
        return hash;
    }

    public long length() {
        return length;
    }

    public List<String> lastLines() {
        return lastLines.stream().map(Line::toString).toList();
    }
}
