package io.dynamocart.store.backup;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.MalformedBytesException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads a backup, and trusts nothing of it. */
final class BackupReader {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;

    BackupReader(Path file) {
        this.file = file;
    }

    /** Takes each record of a backup. */
    @FunctionalInterface
    interface Visitor {
        void visit(byte[] location, byte[] value);
    }

    /**
     * Reads all of a backup.
     *
     * @throws BackupException if it is damaged, was cut off, or cannot be read; what was visited before is whole
     */
    BackupHeader read(Visitor visitor) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            expectForm(in);
            BackupHeader header =
                    BackupHeader.readFrom(block(in, BackupFormat.HEADER).content());
            readRecords(in, visitor);
            if (in.read() >= 0) {
                throw damaged("something follows its end", null);
            }
            return header;
        } catch (EOFException e) {
            throw damaged("it was cut off", e);
        } catch (MalformedBytesException | IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new BackupException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private record Block(int kind, int checksum, ByteReader content) {}

    private void expectForm(DataInputStream in) throws IOException {
        if (in.readLong() != BackupFormat.MAGIC) {
            throw new BackupException("%s is not a backup".formatted(file));
        }
        int version = in.readInt();
        if (version > BackupFormat.VERSION) {
            throw new BackupException("%s is a backup of form %d, and this program reads up to %d: use a newer one"
                    .formatted(file, version, BackupFormat.VERSION));
        }
    }

    private void readRecords(DataInputStream in, Visitor visitor) throws IOException {
        CRC32C total = new CRC32C();
        long records = 0;
        Block block = block(in);
        while (block.kind() == BackupFormat.RECORD) {
            byte[] location = block.content().readBlock();
            visitor.visit(location, block.content().readRaw(block.content().remaining()));
            BackupFormat.add(total, block.checksum());
            records++;
            block = block(in);
        }
        expect(block, BackupFormat.END);
        if (block.content().readVarint() != records || block.content().readVarint() != total.getValue()) {
            throw new MalformedBytesException("records are missing");
        }
        block.content().expectEnd();
    }

    private static Block block(DataInputStream in, int kind) throws IOException {
        Block block = block(in);
        expect(block, kind);
        return block;
    }

    private static Block block(DataInputStream in) throws IOException {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 1 || length > BackupFormat.MAX_BLOCK_BYTES) {
            throw new MalformedBytesException("a block of %d bytes".formatted(length));
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        CRC32C crc = new CRC32C();
        crc.update(body);
        if ((int) crc.getValue() != checksum) {
            throw new MalformedBytesException("a checksum does not match");
        }
        ByteReader content = new ByteReader(body);
        return new Block(content.readByte(), checksum, content);
    }

    private static void expect(Block block, int kind) {
        if (block.kind() != kind) {
            throw new MalformedBytesException("a block of kind %d, not %d".formatted(block.kind(), kind));
        }
    }

    private BackupException damaged(String how, @Nullable Throwable cause) {
        return new BackupException("%s is damaged: %s. Use another backup".formatted(file, how), cause);
    }
}
