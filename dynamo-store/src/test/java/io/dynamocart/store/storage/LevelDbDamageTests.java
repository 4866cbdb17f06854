package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of the database in which a bit has changed (docs/invariants.md D23). What LevelDB itself keeps there, its
 * keys and its index, it does not check: there damage can hide a record, which is then a lost key (D2) and comes back
 * by repair. But nothing is ever read that was not written.
 */
class LevelDbDamageTests {

    private static final StorageSettings NO_CACHE = new StorageSettings(0, 1 << 20);
    private static final int KEYS = 3;

    @TempDir
    Path directory;

    private final TestThread thread = new TestThread();

    @AfterEach
    void endThread() {
        thread.close();
    }

    @Test
    void noFlippedBitMakesAnotherRecord() throws IOException {
        Path table = writeTable();
        byte[] intact = Files.readAllBytes(table);
        Property.holds(60, random -> {
            int bit = random.nextInt(8 * intact.length);
            write(table, Damage.flipBit(intact, bit));
            assertNothingWrongIsRead(bit);
        });
    }

    private void assertNothingWrongIsRead(int bit) {
        Optional<LevelDbStorage> opened = open();
        if (opened.isEmpty()) {
            return;
        }
        try (LevelDbStorage storage = opened.get()) {
            for (int i = 1; i <= KEYS; i++) {
                Key key = Key.of("key-" + i);
                ReadOutcome outcome = thread.ask(reply -> storage.read(key, reply));
                if (outcome instanceof ReadOutcome.Found(StoredRecord found)) {
                    assertThat(found)
                            .as("%s with bit %d flipped", key, bit)
                            .isIn(Records.numbered(i), StoredRecord.nothing());
                }
            }
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<LevelDbStorage> open() {
        try {
            return Optional.of(LevelDbStorage.open(directory, "damaged", NO_CACHE, thread));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** At a start what is in the log goes into a table. */
    private Path writeTable() throws IOException {
        try (LevelDbStorage storage = LevelDbStorage.open(directory, "writer", NO_CACHE, thread)) {
            for (int i = 1; i <= KEYS; i++) {
                Key key = Key.of("key-" + i);
                StoredRecord record = Records.numbered(i);
                thread.<WriteOutcome>ask(reply -> storage.write(key, record, reply));
            }
        }
        LevelDbStorage.open(directory, "again", NO_CACHE, thread).close();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
