package io.dynamocart.store.version;

import io.dynamocart.store.codec.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is stored under a key: up to 1 MiB of bytes that mean nothing to the store (paper §2.1). Immutable. May be a
 * window on the bytes it was read from, so that a record is held in memory once.
 */
public final class Value implements Comparable<Value> {

    public static final int MAX_BYTES = 1 << 20;

    private final byte[] bytes;
    private final int from;
    private final int length;

    private Value(byte[] bytes, int from, int length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("a value has up to %d bytes, this one %d".formatted(MAX_BYTES, length));
        }
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    public static Value of(byte[] bytes) {
        return new Value(bytes.clone(), 0, bytes.length);
    }

    public static Value of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Value(bytes, 0, bytes.length);
    }

    /** A window on bytes that nobody will change any more. */
    static Value window(byte[] bytes, int from, int length) {
        return new Value(bytes, from, length);
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    void writeTo(ByteWriter out) {
        out.writeVarint(length).writeRaw(bytes, from, length);
    }

    /** Bytewise, unsigned: an order that every node agrees on. */
    @Override
    public int compareTo(Value other) {
        return Arrays.compareUnsigned(bytes, from, from + length, other.bytes, other.from, other.from + other.length);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Value other
                && Arrays.equals(bytes, from, from + length, other.bytes, other.from, other.from + other.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** The text, where it is one without control characters; else how many bytes there are. */
    @Override
    public String toString() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // No text
        }
        return "<%d bytes #%08x>".formatted(length, hashCode());
    }
}
