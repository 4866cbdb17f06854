package io.dynamocart.store.storage;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The form of a note on disk: {@code format, checksum, note}. The checksum covers the name as well. */
final class NoteCodec {

    private static final int FORMAT = 1;

    private NoteCodec() {}

    static byte[] encode(String name, byte[] note) {
        return new ByteWriter(1 + Long.BYTES + note.length)
                .writeByte(FORMAT)
                .writeLong(checksum(name, note))
                .writeRaw(note)
                .toByteArray();
    }

    /** @throws MalformedBytesException if these bytes were not written under this name */
    static byte[] decode(String name, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.readByte();
        if (format != FORMAT) {
            throw new MalformedBytesException("note format %d, this node reads %d".formatted(format, FORMAT));
        }
        long expected = in.readLong();
        byte[] note = in.readRaw(in.remaining());
        if (expected != checksum(name, note)) {
            throw new MalformedBytesException("the checksum of the note does not match");
        }
        return note;
    }

    private static long checksum(String name, byte[] note) {
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        crc.update(note);
        return crc.getValue();
    }
}
