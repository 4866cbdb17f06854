package io.dynamocart.store.storage;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The locations of things in the database: {@code 'k' token key} for copies, {@code 'h' node token key} for hints and
 * {@code 'n' name} for notes. Keys lie in ring order, so that a partition is one range.
 */
final class Location {

    private static final int HINTS = 'h';
    private static final int NOTES = 'n';
    private static final byte[] COPIES = {'k'};

    private Location() {}

    static byte[] ofCopies() {
        return COPIES.clone();
    }

    static byte[] ofHints() {
        return new byte[] {HINTS};
    }

    static byte[] ofHintsFor(NodeId node) {
        return new ByteWriter(64).writeByte(HINTS).writeString(node.name()).toByteArray();
    }

    static byte[] ofNote(String name) {
        return ((char) NOTES + name).getBytes(StandardCharsets.UTF_8);
    }

    /** Where a key lies in an area. */
    static byte[] of(byte[] area, Key key) {
        Token token = Token.of(key);
        return new ByteWriter(96)
                .writeRaw(area)
                .writeLong(token.high())
                .writeLong(token.low())
                .writeRaw(key.toByteArray())
                .toByteArray();
    }

    /** Where the keys of a token begin in an area. */
    static byte[] of(byte[] area, Token token) {
        return new ByteWriter(64)
                .writeRaw(area)
                .writeLong(token.high())
                .writeLong(token.low())
                .toByteArray();
    }

    /** Where the keys of a range begin in an area. */
    static byte[] first(byte[] area, TokenRange range) {
        return range.passesZero() ? area : of(area, range.start());
    }

    /** Just behind everything of an area: no location of it begins so. */
    static byte[] behind(byte[] area) {
        byte[] end = area.clone();
        end[end.length - 1]++;
        return end;
    }

    static boolean isIn(byte[] area, byte[] location) {
        return location.length >= area.length && Arrays.equals(area, 0, area.length, location, 0, area.length);
    }

    static Token tokenAt(byte[] area, byte[] location) {
        ByteReader in = new ByteReader(location);
        in.readRaw(area.length);
        return new Token(in.readLong(), in.readLong());
    }

    static Key keyAt(byte[] area, byte[] location) {
        ByteReader in = new ByteReader(location);
        in.readRaw(area.length + 2 * Long.BYTES);
        return Key.of(in.readRaw(in.remaining()));
    }

    /** Whether something of the node itself is kept there, and of no key. */
    static boolean isNote(byte[] location) {
        return location.length > 0 && location[0] == NOTES;
    }

    /** Whether this is what was written to the location, and not by a later version. */
    static boolean isSound(byte[] location, byte[] value) {
        try {
            if (isNote(location)) {
                NoteCodec.decode(nameAt(location), value);
            } else {
                NodeId hinted = hintedNodeAt(location);
                RecordCodec.decode(keyAt(hinted == null ? COPIES : ofHintsFor(hinted), location), value);
            }
            return true;
        } catch (MalformedBytesException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String nameAt(byte[] location) {
        return new String(location, 1, location.length - 1, StandardCharsets.UTF_8);
    }

    /** For whom the hint at this location is kept, null if it is none. */
    static @Nullable NodeId hintedNodeAt(byte[] location) {
        if (location.length == 0 || location[0] != HINTS) {
            return null;
        }
        ByteReader in = new ByteReader(location);
        in.readByte();
        return new NodeId(in.readString());
    }
}
