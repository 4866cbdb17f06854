package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An exact set of dots, kept per actor as ranges of counters.
 *
 * <p>Unlike the paper's vector clock it never says "everything up to n" unless everything up to n was put in, so a dot
 * that was not seen is never covered by one that was (docs/invariants.md C8). Immutable.
 */
public final class Clock {

    private static final Clock EMPTY = new Clock(new Actor[0], new long[0][]);

    private final Actor[] actors;
    private final long[][] ranges;

    private Clock(Actor[] actors, long[][] ranges) {
        this.actors = actors;
        this.ranges = ranges;
    }

    public static Clock empty() {
        return EMPTY;
    }

    public static Clock of(Dot... dots) {
        Clock clock = EMPTY;
        for (Dot dot : dots) {
            clock = clock.with(dot);
        }
        return clock;
    }

    public boolean isEmpty() {
        return actors.length == 0;
    }

    /** The actors in this clock, ascending. */
    public List<Actor> actors() {
        return List.of(actors);
    }

    public boolean contains(Dot dot) {
        int at = Arrays.binarySearch(actors, dot.actor());
        return at >= 0 && Ranges.contains(ranges[at], dot.counter());
    }

    /** Whether every dot of {@code other} is in this clock. */
    public boolean covers(Clock other) {
        int mine = 0;
        for (int theirs = 0; theirs < other.actors.length; theirs++) {
            int order = -1;
            while (order < 0 && mine < actors.length) {
                order = actors[mine++].compareTo(other.actors[theirs]);
            }
            if (order != 0 || !Ranges.containsAll(ranges[mine - 1], other.ranges[theirs])) {
                return false;
            }
        }
        return true;
    }

    /** The highest counter of {@code actor} in this clock, 0 where there is none. */
    public long highest(Actor actor) {
        int at = Arrays.binarySearch(actors, actor);
        return at < 0 ? 0 : Ranges.highest(ranges[at]);
    }

    public Clock with(Dot dot) {
        return join(new Clock(new Actor[] {dot.actor()}, new long[][] {Ranges.of(dot.counter())}));
    }

    /** The union of both clocks. */
    public Clock join(Clock other) {
        if (covers(other)) {
            return this;
        }
        if (other.covers(this)) {
            return other;
        }
        Actor[] joinedActors = new Actor[actors.length + other.actors.length];
        long[][] joinedRanges = new long[joinedActors.length][];
        int size = 0;
        int left = 0;
        int right = 0;
        while (left < actors.length || right < other.actors.length) {
            int order = left == actors.length
                    ? 1
                    : right == other.actors.length ? -1 : actors[left].compareTo(other.actors[right]);
            joinedActors[size] = order <= 0 ? actors[left] : other.actors[right];
            joinedRanges[size++] = order == 0
                    ? Ranges.union(ranges[left], other.ranges[right])
                    : order < 0 ? ranges[left] : other.ranges[right];
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }
        return new Clock(Arrays.copyOf(joinedActors, size), Arrays.copyOf(joinedRanges, size));
    }

    /** The dots of this clock that are of the given actors. */
    public Clock only(List<Actor> these) {
        int[] indices = IntStream.range(0, actors.length)
                .filter(i -> these.contains(actors[i]))
                .toArray();
        Actor[] theseActors = Arrays.stream(indices).mapToObj(i -> actors[i]).toArray(Actor[]::new);
        long[][] theirRanges = Arrays.stream(indices).mapToObj(i -> ranges[i]).toArray(long[][]::new);
        return theseActors.length == actors.length ? this : new Clock(theseActors, theirRanges);
    }

    public void writeTo(ByteWriter out) {
        out.writeVarint(actors.length);
        for (int i = 0; i < actors.length; i++) {
            actors[i].writeTo(out);
            out.writeVarint(ranges[i].length / 2);
            long before = 0;
            for (long bound : ranges[i]) {
                out.writeVarint(bound - before);
                before = bound;
            }
        }
    }

    public static Clock readFrom(ByteReader in) {
        int size = in.readCount();
        Actor[] actors = new Actor[size];
        long[][] ranges = new long[size][];
        for (int i = 0; i < size; i++) {
            actors[i] = Actor.readFrom(in);
            ranges[i] = readRanges(in);
            if (i > 0 && actors[i - 1].compareTo(actors[i]) >= 0) {
                throw new MalformedBytesException("actors of a clock out of order");
            }
        }
        return size == 0 ? EMPTY : new Clock(actors, ranges);
    }

    private static long[] readRanges(ByteReader in) {
        long[] bounds = new long[2 * in.readCount()];
        long before = 0;
        for (int i = 0; i < bounds.length; i++) {
            long step = in.readVarint();
            long least = i == 0 ? 1 : i % 2 == 0 ? 2 : 0;
            if (step < least || step > Long.MAX_VALUE - before) {
                throw new MalformedBytesException("ranges of a clock out of order");
            }
            before += step;
            bounds[i] = before;
        }
        if (bounds.length == 0) {
            throw new MalformedBytesException("an actor without dots in a clock");
        }
        return bounds;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Clock other
                && Arrays.equals(actors, other.actors)
                && Arrays.deepEquals(ranges, other.ranges);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(actors) + Arrays.deepHashCode(ranges);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < actors.length; i++) {
            text.append(i == 0 ? "" : ", ").append(actors[i]).append('#').append(Arrays.toString(ranges[i]));
        }
        return text.append('}').toString();
    }
}
