package io.dynamocart.store.storage;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Versions;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record on disk: {@code format, checksum, mint or none, versions}. The checksum covers the key as well,
 * so that a record that turns up under another key is found out like one whose bits have changed.
 */
public final class RecordCodec {

    private static final int FORMAT = 1;
    private static final int HEADER_BYTES = 1 + Long.BYTES;

    private RecordCodec() {}

    public static byte[] encode(Key key, StoredRecord record) {
        byte[] mint = encode(record.mint());
        byte[] versions = record.versions().encode();
        return new ByteWriter(HEADER_BYTES + mint.length + versions.length)
                .writeByte(FORMAT)
                .writeLong(checksum(key, mint, versions))
                .writeRaw(mint)
                .writeRaw(versions)
                .toByteArray();
    }

    private static byte[] encode(@Nullable Mint mint) {
        ByteWriter out = new ByteWriter(64).writeBoolean(mint != null);
        if (mint != null) {
            mint.writeTo(out);
        }
        return out.toByteArray();
    }

    /** @throws MalformedBytesException if these bytes were not written under this key */
    public static StoredRecord decode(Key key, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.readByte();
        if (format != FORMAT) {
            throw new MalformedBytesException("record format %d, this node reads %d".formatted(format, FORMAT));
        }
        long expected = in.readLong();
        if (expected != checksum(key, bytes)) {
            throw new MalformedBytesException("the checksum of the record does not match");
        }
        Mint mint = in.readBoolean() ? Mint.readFrom(in) : null;
        return new StoredRecord(Versions.decode(in.readRaw(in.remaining())), mint);
    }

    private static long checksum(Key key, byte[] mint, byte[] versions) {
        CRC32C crc = new CRC32C();
        crc.update(key.toByteArray());
        crc.update(mint);
        crc.update(versions);
        return crc.getValue();
    }

    private static long checksum(Key key, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(key.toByteArray());
        crc.update(record, HEADER_BYTES, record.length - HEADER_BYTES);
        return crc.getValue();
    }
}
