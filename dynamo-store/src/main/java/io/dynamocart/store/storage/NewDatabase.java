package io.dynamocart.store.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty data directory with what was copied out of another. The database has its name only once it is whole;
 * what is not completed is removed. Not thread-safe.
 */
public final class NewDatabase implements AutoCloseable {

    private static final int BATCH_BYTES = 1 << 20;
    private static final WriteOptions SYNC = new WriteOptions().sync(true);

    /** What a file system itself may have put there. */
    private static final List<String> NO_DATA = List.of("lost+found", DataDirectory.LOCK);

    private final Path directory;
    private final Path unfinished;
    private final FileChannel lock;
    private final DB db;
    private WriteBatch batch;
    private long waitingBytes;
    private boolean closed;

    private NewDatabase(Path directory, Path unfinished, FileChannel lock, DB db) {
        this.directory = directory;
        this.unfinished = unfinished;
        this.lock = lock;
        this.db = db;
        this.batch = db.createWriteBatch();
    }

    /**
     * Begins; creates the directory if it is not there.
     *
     * @throws DataDirectory.Unusable if there is anything in the directory, or it cannot be used
     */
    public static NewDatabase in(Path directory) {
        LevelDbStorage.prepare();
        try {
            Files.createDirectories(directory);
            expectEmpty(directory);
            FileChannel lock = DataDirectory.lock(directory);
            Path unfinished = directory.resolve("unfinished");
            Options options = new Options().createIfMissing(true).compressionType(CompressionType.NONE);
            return new NewDatabase(
                    directory, unfinished, lock, Iq80DBFactory.factory.open(unfinished.toFile(), options));
        } catch (IOException e) {
            throw DataDirectory.unusable(directory, e);
        }
    }

    /** Whether something is what a node keeps of itself and its cluster, and of no key. */
    public static boolean isNote(byte[] location) {
        return Location.isNote(location);
    }

    /** Puts a value at a location. */
    public void put(byte[] location, byte[] value) {
        batch.put(location, value);
        waitingBytes += location.length + value.length;
        if (waitingBytes >= BATCH_BYTES) {
            write();
        }
    }

    /** Puts a note, as {@link LevelDbStorage#readNote} finds it. */
    public void putNote(String name, byte[] note) {
        put(Location.ofNote(name), NoteCodec.encode(name, note));
    }

    /** Makes the directory that of a node, which may be started on it from now on. */
    public void complete(String cluster, String node) {
        write();
        try {
            db.close();
            closed = true;
            Files.move(unfinished, DataDirectory.database(directory), StandardCopyOption.ATOMIC_MOVE);
            DataDirectory.writeOwner(directory, cluster, node);
        } catch (IOException e) {
            throw DataDirectory.unusable(directory, e);
        }
    }

    /** Lets go of the directory, and removes what was not completed. */
    @Override
    public void close() {
        try (lock) {
            if (!closed) {
                db.close();
                delete(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory %s was not cleared".formatted(directory), e);
        }
    }

    private void write() {
        db.write(batch, SYNC);
        batch = db.createWriteBatch();
        waitingBytes = 0;
    }

    private static void expectEmpty(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            List<Path> data = found.filter(each -> !NO_DATA.contains(String.valueOf(each.getFileName())))
                    .sorted()
                    .toList();
            if (!data.isEmpty()) {
                throw new DataDirectory.Unusable(
                        "the directory %s is not empty: it holds %s"
                                .formatted(directory, data.getFirst().getFileName()),
                        "stop the node, move that away, and try again",
                        null);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
