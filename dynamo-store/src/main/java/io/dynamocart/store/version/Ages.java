package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ages of a clock, when each actor of it last wrote: the timestamps that the paper keeps beside its (node, counter)
 * pairs, needed by {@link Truncation} alone. Immutable.
 */
public final class Ages {

    private static final Ages NONE = new Ages(new TreeMap<>());

    private final SortedMap<Actor, Instant> lastWrites;

    private Ages(SortedMap<Actor, Instant> lastWrites) {
        this.lastWrites = lastWrites;
    }

    public static Ages none() {
        return NONE;
    }

    /** The ages that the versions tell: of their own actors, and of those in their pasts. */
    static Ages of(Iterable<Version> versions) {
        SortedMap<Actor, Instant> lastWrites = new TreeMap<>();
        for (Version version : versions) {
            lastWrites.merge(version.dot().actor(), version.writtenAt(), Ages::later);
            version.ages().lastWrites.forEach((actor, at) -> lastWrites.merge(actor, at, Ages::later));
        }
        return new Ages(lastWrites);
    }

    public boolean isEmpty() {
        return lastWrites.isEmpty();
    }

    Ages only(List<Actor> these) {
        SortedMap<Actor, Instant> rest = new TreeMap<>(lastWrites);
        rest.keySet().retainAll(these);
        return new Ages(rest);
    }

    /** Latest first; an actor that nothing is known of counts as latest, so that it is not cut for ignorance. */
    Comparator<Actor> latestFirst() {
        return Comparator.comparing((Actor actor) -> lastWrites.getOrDefault(actor, Instant.MAX))
                .reversed()
                .thenComparing(Comparator.naturalOrder());
    }

    void writeTo(ByteWriter out) {
        out.writeVarint(lastWrites.size());
        lastWrites.forEach((actor, at) -> {
            actor.writeTo(out);
            out.writeVarint(at.toEpochMilli());
        });
    }

    static Ages readFrom(ByteReader in) {
        SortedMap<Actor, Instant> lastWrites = new TreeMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            Actor actor = Actor.readFrom(in);
            if (!lastWrites.isEmpty() && lastWrites.lastKey().compareTo(actor) >= 0) {
                throw new MalformedBytesException("actors with ages out of order");
            }
            lastWrites.put(actor, Instant.ofEpochMilli(in.readVarint()));
        }
        if (lastWrites.isEmpty()) {
            throw new MalformedBytesException("ages of nobody");
        }
        return new Ages(lastWrites);
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Ages other && lastWrites.equals(other.lastWrites);
    }

    @Override
    public int hashCode() {
        return lastWrites.hashCode();
    }

    @Override
    public String toString() {
        return lastWrites.toString();
    }
}
