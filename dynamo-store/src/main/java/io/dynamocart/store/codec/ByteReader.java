package io.dynamocart.store.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote, and trusts nothing: every read past the end, every length that cannot be, is a
 * {@link MalformedBytesException}. Not thread-safe.
 */
public final class ByteReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int from, int count) {
        if (from < 0 || count < 0 || count > bytes.length - from) {
            throw new IndexOutOfBoundsException("%d bytes from %d of %d".formatted(count, from, bytes.length));
        }
        this.bytes = bytes;
        this.position = from;
        this.end = from + count;
    }

    public int readByte() {
        need(1);
        return bytes[position++] & 0xff;
    }

    public boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw new MalformedBytesException("%d is not a boolean".formatted(value));
        }
        return value == 1;
    }

    /** Reads a varint in its shortest form, which is the only one that is written. */
    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                boolean shortest = next > 0 || shift == 0;
                boolean fits = next == 1 || shift < 63;
                if (!shortest || !fits) {
                    throw new MalformedBytesException("a varint that no writer makes");
                }
                return value;
            }
        }
        throw new MalformedBytesException("varint longer than ten bytes");
    }

    /** Reads a varint that counts things of at least one byte each, so that it cannot exceed what is left. */
    public int readCount() {
        long count = readVarint();
        if (count < 0 || count > remaining()) {
            throw new MalformedBytesException("a count of %d with %d bytes left".formatted(count, remaining()));
        }
        return (int) count;
    }

    /** Reads a varint that must lie between 0 and {@code max}. */
    public int readInt(int max) {
        long value = readVarint();
        if (value < 0 || value > max) {
            throw new MalformedBytesException("%d is not between 0 and %d".formatted(value, max));
        }
        return (int) value;
    }

    public long readLong() {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    public byte[] readRaw(int count) {
        need(count);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return copy;
    }

    public byte[] readBlock() {
        return readRaw(readCount());
    }

    public String readString() {
        int count = readCount();
        String value = new String(bytes, position, count, StandardCharsets.UTF_8);
        if (value.indexOf(REPLACEMENT) >= 0) {
            expectUtf8(value, count);
        }
        position += count;
        return value;
    }

    /** Passes over {@code count} bytes and returns where in the array they began. */
    public int skip(int count) {
        need(count);
        int from = position;
        position += count;
        return from;
    }

    /** Where in the array the next byte is. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** Checks that everything was read. */
    public void expectEnd() {
        if (position != end) {
            throw new MalformedBytesException("%d bytes too many".formatted(remaining()));
        }
    }

    /** What is not UTF-8 is read as the replacement character, which then was not there. */
    private void expectUtf8(String value, int count) {
        byte[] written = value.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(written, 0, written.length, bytes, position, position + count)) {
            throw new MalformedBytesException("a text that is not UTF-8");
        }
    }

    private void need(int count) {
        if (count < 0 || count > remaining()) {
            throw new MalformedBytesException("%d bytes wanted, %d left".formatted(count, remaining()));
        }
    }
}
