package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a node stores of a key: the versions that none of the others replaces. One is the ordinary case; several
 * are siblings, for the application to merge (paper §4.4).
 *
 * <p>{@link #merge} is commutative, associative and idempotent, so nodes may exchange whole sets in any order and as
 * often as they like. Immutable; remembers its own bytes, since the same ones go to disk and to every replica.
 */
public final class Versions {

    private static final Versions NONE = new Versions(List.of(), null);
    private static final int MAX_SIZE = 1 << 16;

    private final List<Version> list;
    private byte @Nullable [] encoded;

    private Versions(List<Version> list, byte @Nullable [] encoded) {
        this.list = list;
        this.encoded = encoded;
    }

    public static Versions none() {
        return NONE;
    }

    public static Versions of(Version... versions) {
        Versions all = NONE;
        for (Version version : versions) {
            all = all.merge(new Versions(List.of(version), null));
        }
        return all;
    }

    /** The versions, ascending by dot. */
    public List<Version> list() {
        return list;
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** The versions that hold a value, tombstones left out. */
    public List<Version> live() {
        return list.stream().filter(version -> !version.isTombstone()).toList();
    }

    /** All that these versions are or replace. */
    public Clock clock() {
        Clock clock = Clock.empty();
        for (Version version : list) {
            clock = clock.join(version.past()).with(version.dot());
        }
        return clock;
    }

    /** The dots of the versions themselves. */
    public Clock dots() {
        return Clock.of(list.stream().map(Version::dot).toArray(Dot[]::new));
    }

    /** Every version of either that no version of the other replaces. */
    public Versions merge(Versions other) {
        if (other.list.isEmpty()) {
            return this;
        }
        if (list.isEmpty()) {
            return other;
        }
        List<Version> all = union(list, other.list);
        Clock replaced = Clock.empty();
        for (Version version : all) {
            replaced = replaced.join(version.past());
        }
        List<Version> remaining = new ArrayList<>(all.size());
        for (Version version : all) {
            if (!replaced.contains(version.dot())) {
                remaining.add(version);
            }
        }
        if (remaining.equals(list)) {
            return this;
        }
        return remaining.equals(other.list) ? other : new Versions(List.copyOf(remaining), null);
    }

    /**
     * A put: the version {@code dot} of a writer that had seen {@code seen}, together with those it had not seen.
     *
     * @param value what was put, or null for a delete
     */
    public Versions write(Dot dot, Clock seen, Instant at, @Nullable Value value, Truncation truncation) {
        Truncation.Past past = truncation.apply(seen, this);
        Versions written = new Versions(List.of(new Version(dot, past.clock(), at, value, past.ages())), null);
        List<Version> unseen =
                list.stream().filter(version -> !seen.contains(version.dot())).toList();
        return unseen.size() == list.size() ? merge(written) : new Versions(unseen, null).merge(written);
    }

    /**
     * The bytes that {@link #decode} reads; equal sets have equal bytes. The array is shared and must not be changed.
     */
    public byte[] encode() {
        byte[] bytes = encoded;
        if (bytes == null) {
            ByteWriter out = new ByteWriter(
                    256 + list.stream().mapToInt(Versions::length).sum());
            out.writeVarint(list.size());
            list.forEach(version -> version.writeTo(out));
            bytes = out.toByteArray();
            encoded = bytes;
        }
        return bytes;
    }

    /**
     * Reads a set. The array is kept, and must not be changed any more.
     *
     * @throws MalformedBytesException if these are not the bytes of a set
     */
    public static Versions decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int size = in.readInt(MAX_SIZE);
        List<Version> list = new ArrayList<>(Math.min(size, in.remaining()));
        try {
            for (int i = 0; i < size; i++) {
                Version version = Version.readFrom(in, bytes);
                if (i > 0 && list.get(i - 1).dot().compareTo(version.dot()) >= 0) {
                    throw new MalformedBytesException("versions out of order");
                }
                list.add(version);
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("not a set of versions", e);
        }
        in.expectEnd();
        return size == 0 ? NONE : new Versions(List.copyOf(list), bytes);
    }

    private static int length(Version version) {
        Value value = version.value();
        return value == null ? 0 : value.length();
    }

    private static List<Version> union(List<Version> left, List<Version> right) {
        List<Version> all = new ArrayList<>(left.size() + right.size());
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            int order = l == left.size()
                    ? 1
                    : r == right.size()
                            ? -1
                            : left.get(l).dot().compareTo(right.get(r).dot());
            if (order == 0) {
                all.add(sameDot(left.get(l++), right.get(r++)));
            } else {
                all.add(order < 0 ? left.get(l++) : right.get(r++));
            }
        }
        return all;
    }

    /** One dot has one value; where storage rotted and there are two, every node must keep the same one. */
    private static Version sameDot(Version left, Version right) {
        if (left.equals(right)) {
            return left;
        }
        byte[] leftBytes = new Versions(List.of(left), null).encode();
        byte[] rightBytes = new Versions(List.of(right), null).encode();
        return Arrays.compareUnsigned(leftBytes, rightBytes) <= 0 ? left : right;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Versions other && list.equals(other.list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        return list.toString();
    }
}
