package io.dynamocart.store.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened in a run: a hash of everything, so that two runs of one seed can be compared, and the last lines, so
 * that a failure can be read.
 */
public final class Trace {

    private static final int KEPT = 200;

    private record Line(long nanos, String text) {}

    private final Deque<Line> lastLines = new ArrayDeque<>(KEPT);
    private long hash = 0xcbf29ce484222325L;
    private long length;

    void add(long nanos, String line) {
        length++;
        hash(nanos);
        for (int i = 0; i < line.length(); i++) {
            hash(line.charAt(i));
        }
        if (lastLines.size() == KEPT) {
            lastLines.removeFirst();
        }
        lastLines.add(new Line(nanos, line));
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
        return lastLines.stream()
                .map(line -> "%12.6f %s".formatted(line.nanos / 1e9, line.text))
                .toList();
    }
}
