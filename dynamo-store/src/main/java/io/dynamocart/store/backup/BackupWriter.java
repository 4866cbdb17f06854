package io.dynamocart.store.backup;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.storage.CopySink;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Writes a backup, readable by its owner alone. It has its name only once it is whole and on disk; until then it is
 * called unfinished, and when it is given up it is deleted.
 */
final class BackupWriter implements CopySink {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Synced so often, so that no single sync at the end holds up those of the node. */
    private static final long BYTES_BETWEEN_SYNCS = 8 << 20;

    private final Path file;
    private final Path unfinished;
    private final long reserveBytes;
    private final Consumer<BackupReport> observer;
    private final FileChannel channel;
    private final FileStore disk;
    private final DataOutputStream out;
    private final CRC32C total = new CRC32C();
    private final BackupReport report;
    private long records;
    private long bytes;
    private long syncedBytes;

    /**
     * Begins a file.
     *
     * @param begun the report of it so far
     * @param reserveBytes space on its disk that it leaves free
     * @param observer told how it stands, but for its failure
     * @throws IOException also if the file is there already
     */
    BackupWriter(Path file, BackupHeader header, BackupReport begun, long reserveBytes, Consumer<BackupReport> observer)
            throws IOException {
        this.file = file;
        this.report = begun;
        this.unfinished = file.resolveSibling(file.getFileName() + BackupFormat.UNFINISHED_SUFFIX);
        this.reserveBytes = reserveBytes;
        this.observer = observer;
        if (Files.exists(file)) {
            throw new IOException(file + " is there already");
        }
        this.channel = FileChannel.open(
                unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone(file));
        this.disk = Files.getFileStore(unfinished);
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
        try {
            out.writeLong(BackupFormat.MAGIC);
            out.writeInt(BackupFormat.VERSION);
            ByteWriter body = new ByteWriter().writeByte(BackupFormat.HEADER);
            header.writeTo(body);
            write(body);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void take(byte[] location, byte[] value) throws IOException {
        int checksum = write(new ByteWriter(8 + location.length + value.length)
                .writeByte(BackupFormat.RECORD)
                .writeBlock(location)
                .writeRaw(value));
        BackupFormat.add(total, checksum);
        records++;
    }

    @Override
    public void settle() throws IOException {
        if (disk.getTotalSpace() > 0 && disk.getUsableSpace() < reserveBytes) {
            throw new IOException("less than %d MB are free on its disk".formatted(reserveBytes >> 20));
        }
        if (bytes - syncedBytes >= BYTES_BETWEEN_SYNCS) {
            syncedBytes = bytes;
            channel.force(false);
        }
        observer.accept(report.advanced(records, bytes));
    }

    @Override
    public void complete(long damaged) throws IOException {
        write(new ByteWriter().writeByte(BackupFormat.END).writeVarint(records).writeVarint(total.getValue()));
        out.flush();
        channel.force(true);
        out.close();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        }
        observer.accept(report.done(records, bytes, damaged));
    }

    /** Deletes it, unless it is complete and has its name. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is called unfinished, and read by nobody
        }
    }

    /** Returns the checksum. */
    private int write(ByteWriter body) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(body.array(), 0, body.length());
        int checksum = (int) crc.getValue();
        out.writeInt(body.length());
        out.writeInt(checksum);
        out.write(body.array(), 0, body.length());
        bytes += 2L * Integer.BYTES + body.length();
        return checksum;
    }

    private static FileAttribute<?>[] ownersAlone(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
