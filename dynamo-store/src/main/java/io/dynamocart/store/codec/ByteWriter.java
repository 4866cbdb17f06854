package io.dynamocart.store.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer that values write themselves into.
 *
 * <p>Integers are little-endian base-128 varints where they are usually small, eight big-endian bytes where they are
 * random. The same value always makes the same bytes, so that bytes can be compared and hashed in its place. Not
 * thread-safe.
 */
public final class ByteWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;

    public ByteWriter() {
        this(64);
    }

    /** @param expected bytes likely to be written; more are taken without complaint */
    public ByteWriter(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    public ByteWriter writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public ByteWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    /** Writes {@code value} as an unsigned varint: one byte up to 127, ten for a negative number. */
    public ByteWriter writeVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** Writes {@code value} as eight bytes. */
    public ByteWriter writeLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    /** Writes the bytes as they are; a reader must know how many they are. */
    public ByteWriter writeRaw(byte[] source) {
        return writeRaw(source, 0, source.length);
    }

    /** Writes {@code count} bytes of {@code source} as they are. */
    public ByteWriter writeRaw(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /** Writes the length of {@code source}, then its bytes. */
    public ByteWriter writeBlock(byte[] source) {
        return writeVarint(source.length).writeRaw(source);
    }

    public ByteWriter writeString(String value) {
        return writeBlock(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** The buffer itself, of which the first {@link #length} bytes are written; it changes with the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets what was written, and keeps the buffer. */
    public ByteWriter clear() {
        length = 0;
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}
