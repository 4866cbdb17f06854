package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Mint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk after the process was killed, or the log was torn or damaged (docs/invariants.md D22, D23). */
class LevelDbCrashTests {

    private static final StorageSettings SETTINGS = new StorageSettings(0, 1 << 16);
    private static final int KEYS = 50;

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws IOException {
        Map<Key, Long> acknowledged = new TreeMap<>();
        for (int round = 1; round <= 3; round++) {
            writeUntilKilled(acknowledged, round * 300);
            Map<Key, StoredRecord> found = readAll(directory);
            acknowledged.forEach((key, counter) -> assertThat(counterOf(found.get(key)))
                    .as("%s, acknowledged with %d", key, counter)
                    .isGreaterThanOrEqualTo(counter));
        }
    }

    @Test
    void aTornOrDamagedLogGivesAllThatWasBeforeTheDamageAndNeverWrongRecords() throws IOException {
        Path database = directory.resolve("whole");
        List<Long> ends = writeTwiceEach(database);
        Property.holds(60, random -> {
            Path copy = directory.resolve("copy-" + random.nextLong());
            int damage = copyDamaged(database, copy, random);
            Map<Key, StoredRecord> found = readAll(copy);
            found.forEach((key, record) -> {
                long counter = counterOf(record);
                assertThat(counter == 0 || record.equals(Records.numbered(counter)))
                        .as("%s is as it was written", key)
                        .isTrue();
                assertThat(counter == 0 || key(counter).equals(key)).isTrue();
            });
            for (int counter = 1; counter <= ends.size() && ends.get(counter - 1) <= damage; counter++) {
                assertThat(counterOf(found.get(key(counter))))
                        .as("%s, written before byte %d", key(counter), damage)
                        .isGreaterThanOrEqualTo(counter);
            }
        });
    }

    /** Writes one key after the other, and prints what is acknowledged: arguments are directory and first counter. */
    static void main(String[] args) {
        try (TestThread thread = new TestThread();
                LevelDbStorage storage = LevelDbStorage.open(Path.of(args[0]), "child", SETTINGS, thread)) {
            for (long counter = Long.parseLong(args[1]); counter < Long.MAX_VALUE; counter++) {
                write(thread, storage, counter);
                System.out.println("acknowledged " + counter);
            }
        }
    }

    private void writeUntilKilled(Map<Key, Long> acknowledged, int most) throws IOException {
        long first = 1
                + acknowledged.values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LevelDbCrashTests.class.getName(),
                        directory.toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int seen = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("acknowledged ")) {
                    long counter = Long.parseLong(line.substring("acknowledged ".length()));
                    acknowledged.put(key(counter), counter);
                    if (++seen == most) {
                        process.toHandle().destroyForcibly();
                    }
                }
            }
            assertThat(seen).as("acknowledged before the kill").isGreaterThanOrEqualTo(most);
        }
        process.onExit().join();
    }

    /** Returns where in the log each record ends. */
    private static List<Long> writeTwiceEach(Path database) throws IOException {
        List<Long> ends = new ArrayList<>();
        try (TestThread thread = new TestThread();
                LevelDbStorage storage = LevelDbStorage.open(database, "writer", SETTINGS, thread)) {
            for (long counter = 1; counter <= 2 * KEYS; counter++) {
                write(thread, storage, counter);
                ends.add(Files.size(logOf(database)));
            }
        }
        return ends;
    }

    /** Copies a database, cuts its log off somewhere or changes a byte of it, and returns where. */
    private static int copyDamaged(Path database, Path copy, SeededRandom random) {
        try (Stream<Path> files = Files.list(database)) {
            Files.createDirectories(copy);
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            Path log = logOf(copy);
            byte[] bytes = Files.readAllBytes(log);
            int at = random.nextInt(bytes.length);
            if (random.chance(0.5)) {
                bytes = Arrays.copyOf(bytes, at);
            } else {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(log, bytes);
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only one: the records are too few to begin a second. */
    private static Path logOf(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database)) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs).hasSize(1);
            return logs.getFirst();
        }
    }

    /** Everything that can be read; what is reported as damaged is left out. */
    private static Map<Key, StoredRecord> readAll(Path database) {
        Map<Key, StoredRecord> found = new TreeMap<>();
        try (TestThread thread = new TestThread();
                LevelDbStorage storage = LevelDbStorage.open(database, "reader", SETTINGS, thread)) {
            for (long counter = 1; counter <= KEYS; counter++) {
                Key key = key(counter);
                ReadOutcome outcome = thread.ask(reply -> storage.read(key, reply));
                if (outcome instanceof ReadOutcome.Found(StoredRecord record)) {
                    found.put(key, record);
                }
            }
        }
        return found;
    }

    private static void write(TestThread thread, LevelDbStorage storage, long counter) {
        WriteOutcome outcome = thread.ask(reply -> storage.write(key(counter), Records.numbered(counter), reply));
        assertThat(outcome).isEqualTo(new WriteOutcome.Committed());
    }

    private static Key key(long counter) {
        return Key.of("key-" + counter % KEYS);
    }

    private static long counterOf(@Nullable StoredRecord record) {
        Mint mint = record == null ? null : record.mint();
        return mint == null ? 0 : mint.dot().counter();
    }
}
