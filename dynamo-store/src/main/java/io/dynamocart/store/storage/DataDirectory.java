package io.dynamocart.store.storage;

import io.dynamocart.store.port.CannotStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a node keeps everything in. It belongs to one process at a time, by a lock that dies with the
 * process, and to one node of one cluster for ever, by a file that says whose it is.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String FORMAT = "1";
    static final String LOCK = "LOCK";
    private static final String OWNER = "OWNER";

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A directory that this node must not use. The message says why, and what to do. */
    public static final class Unusable extends CannotStartException {
        private static final long serialVersionUID = 1L;

        public Unusable(String problem, String remedy, @Nullable Throwable cause) {
            super(problem, remedy, cause);
        }

        static Unusable full(Path path, long needed) {
            return new Unusable(
                    "the disk of the data directory %s is full".formatted(path),
                    "free at least %d MB, and start again".formatted(needed >> 20),
                    null);
        }
    }

    /**
     * Takes the directory for a node; creates it if it is not there.
     *
     * @throws Unusable if another process uses it, it belongs to another node or cluster, or it is of an unknown format
     */
    public static DataDirectory take(Path path, String cluster, String node) {
        try {
            Files.createDirectories(path);
            FileChannel channel = lock(path);
            try {
                checkOwner(path, List.of(FORMAT, cluster, node));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    static Unusable unusable(Path path, IOException cause) {
        return new Unusable(
                "the data directory %s cannot be used (%s)".formatted(path, cause),
                "let this user write there, or set dynamo.store.data-dir to another one",
                cause);
    }

    /** Where the database lies. */
    public Path database() {
        return database(path);
    }

    static Path database(Path path) {
        return path.resolve("db");
    }

    /** Says whose the directory is. */
    static void writeOwner(Path path, String cluster, String node) throws IOException {
        write(path, path.resolve(OWNER), List.of(FORMAT, cluster, node));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory %s was not released".formatted(path), e);
        }
    }

    static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(path, e);
        }
        if (lock == null) {
            channel.close();
            throw inUse(path, null);
        }
        return channel;
    }

    private static Unusable inUse(Path path, @Nullable Throwable cause) {
        return new Unusable(
                "the data directory %s is in use".formatted(path),
                "stop the process that uses it, or set dynamo.store.data-dir to another one",
                cause);
    }

    private static void checkOwner(Path path, List<String> expected) throws IOException {
        Path file = path.resolve(OWNER);
        if (!Files.exists(file)) {
            write(path, file, expected);
            return;
        }
        List<String> found = new ArrayList<>(Files.readAllLines(file));
        if (found.size() != expected.size() || !found.getFirst().equals(FORMAT)) {
            throw new Unusable(
                    "the data directory %s has format %s, this release reads format %s"
                            .formatted(path, found.isEmpty() ? "none" : found.getFirst(), FORMAT),
                    "start the release that wrote it, or set dynamo.store.data-dir to another one",
                    null);
        }
        if (!found.equals(expected)) {
            throw new Unusable(
                    "the data directory %s belongs to node %s of cluster %s, not to node %s of cluster %s"
                            .formatted(path, found.get(2), found.get(1), expected.get(2), expected.get(1)),
                    "set dynamo.store.data-dir to another one",
                    null);
        }
    }

    private static void write(Path path, Path file, List<String> lines) throws IOException {
        Path draft = path.resolve(OWNER + ".new");
        Files.write(draft, lines, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
