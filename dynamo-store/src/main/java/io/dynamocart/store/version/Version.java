package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One version of a value: its name, what its writer had read and merged, and the value itself, or none where the
 * version is a tombstone (paper §4.4, docs/invariants.md C3). Immutable.
 *
 * @param dot its name
 * @param past every version that this one replaces, directly or through others; never its own dot
 * @param writtenAt the coordinator's wall clock, in milliseconds: for people, for expiry and reaping, and for
 *     last-writer-wins; otherwise no version replaces another by it
 * @param value what was written, null for a tombstone
 * @param ages when the actors of the past last wrote; empty unless the store truncates
 */
public record Version(
        Dot dot, Clock past, Instant writtenAt, @Nullable Value value, Ages ages) {

    private static final int TOMBSTONE = 1;
    private static final int AGED = 2;

    public Version {
        if (past.contains(dot)) {
            throw new IllegalArgumentException("version %s is in its own past %s".formatted(dot, past));
        }
        writtenAt = writtenAt.truncatedTo(ChronoUnit.MILLIS);
    }

    public Version(Dot dot, Clock past, Instant writtenAt, @Nullable Value value) {
        this(dot, past, writtenAt, value, Ages.none());
    }

    public boolean isTombstone() {
        return value == null;
    }

    /** The past and the version itself. */
    public Clock clock() {
        return past.with(dot);
    }

    void writeTo(ByteWriter out) {
        dot.writeTo(out);
        past.writeTo(out);
        out.writeVarint(writtenAt.toEpochMilli());
        out.writeByte((value == null ? TOMBSTONE : 0) | (ages.isEmpty() ? 0 : AGED));
        if (!ages.isEmpty()) {
            ages.writeTo(out);
        }
        if (value != null) {
            value.writeTo(out);
        }
    }

    /** @param bytes the array that {@code in} reads; the value becomes a window on it */
    static Version readFrom(ByteReader in, byte[] bytes) {
        Dot dot = Dot.readFrom(in);
        Clock past = Clock.readFrom(in);
        Instant writtenAt = Instant.ofEpochMilli(in.readVarint());
        int flags = in.readByte();
        if (flags > (TOMBSTONE | AGED)) {
            throw new MalformedBytesException("flags %x of a version".formatted(flags));
        }
        Ages ages = (flags & AGED) == 0 ? Ages.none() : Ages.readFrom(in);
        Value value = null;
        if ((flags & TOMBSTONE) == 0) {
            int length = in.readInt(Value.MAX_BYTES);
            value = Value.window(bytes, in.skip(length), length);
        }
        return new Version(dot, past, writtenAt, value, ages);
    }
}
