package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.runtime.Await;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full indeed, of 160 MB in memory: no acknowledged write is lost (docs/invariants.md D24). */
class FullDiskTests {

    private static final int MB = 1 << 20;
    private static final StorageSettings SETTINGS = new StorageSettings(0, MB, 96L * MB);

    @TempDir
    Path disk;

    private final TestThread thread = new TestThread();
    private final NavigableSet<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private LevelDbStorage storage;
    private boolean mounted;
    private int next;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString());
        if (!mounted) {
            System.out.println("Not run: a disk in memory cannot be mounted here");
        }
        assumeThat(mounted).isTrue();
        storage = open();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            storage.close();
            // Lazily, since LevelDB closes the files of deleted tables some time later
            run("umount", "-l", disk.toString());
        }
        thread.close();
    }

    @Test
    void writesAreRefusedInTimeAndTakenAgainAndNoneIsLost() throws IOException {
        writeUntilRefused();
        assertThat(storage.state()).isInstanceOf(DiskState.Full.class);
        // Somebody else takes a part of the reserve, leaves what compaction needs, and gives it back with more
        occupy(24 * MB);
        free();
        Files.delete(disk.resolve("spare"));
        int before = acknowledged.size();
        awaitRoom();
        writeUntilRefused();

        assertThat(acknowledged.size()).isGreaterThan(before);
        everythingAcknowledgedIsThereAfterAnotherStart();
    }

    @Test
    void aWriteThatFindsADiskFilledSinceTheLastLookIsWrittenOnceThereIsRoom() throws IOException {
        write();
        occupy(Integer.MAX_VALUE);
        CompletableFuture<WriteOutcome> waiting = beginToWrite();
        Await.until("the disk is seen to be full", () -> storage.state() instanceof DiskState.Full);
        assertThat(waiting).isNotDone();

        free();
        assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(WriteOutcome.Committed.class);
        Await.until("the disk is seen to have room", () -> storage.state() instanceof DiskState.Fine);
        assertThat(write()).isInstanceOf(WriteOutcome.Committed.class);
        everythingAcknowledgedIsThereAfterAnotherStart();
    }

    @Test
    void aNodeThatStopsWhileItsDiskIsFullSaysThatNothingWasWritten() throws IOException {
        write();
        occupy(Integer.MAX_VALUE);
        CompletableFuture<WriteOutcome> waiting = beginToWrite();
        Await.until("the disk is seen to be full", () -> storage.state() instanceof DiskState.Full);

        storage.close();
        assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(WriteOutcome.Failed.class);
        free();
        storage = open();
        everythingAcknowledgedIsThereAfterAnotherStart();
    }

    @Test
    void aStartOnAFullDiskIsRefusedWithAdviceAndHarmsNothing() throws IOException {
        write();
        storage.close();
        occupy(Integer.MAX_VALUE);

        assertThatThrownBy(this::open)
                .isInstanceOf(DataDirectory.Unusable.class)
                .hasMessageContainingAll("full", "free at least 2 MB");
        free();
        storage = open();
        everythingAcknowledgedIsThereAfterAnotherStart();
    }

    private LevelDbStorage open() throws IOException {
        if (Files.notExists(disk.resolve("spare")) && acknowledged.isEmpty()) {
            Files.write(disk.resolve("spare"), new byte[8 * MB]);
        }
        return LevelDbStorage.open(disk.resolve("db"), "test", SETTINGS, thread);
    }

    private void writeUntilRefused() {
        while (storage.state() instanceof DiskState.Fine) {
            assertThat(write()).isInstanceOf(WriteOutcome.Committed.class);
        }
    }

    private void awaitRoom() {
        Await.until("the disk has room again", () -> {
            // LevelDB closes the file of a deleted table, and so frees its room, when the table is collected
            System.gc();
            return storage.state() instanceof DiskState.Fine;
        });
    }

    private WriteOutcome write() {
        return beginToWrite().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<WriteOutcome> beginToWrite() {
        int number = next++;
        CompletableFuture<WriteOutcome> written = new CompletableFuture<>();
        thread.execute(_ -> storage.write(Key.of("key-" + number % 3_000), large(number), (_, outcome) -> {
            if (outcome instanceof WriteOutcome.Committed) {
                acknowledged.add(number);
            }
            written.complete(outcome);
        }));
        return written;
    }

    private void everythingAcknowledgedIsThereAfterAnotherStart() throws IOException {
        storage.close();
        storage = open();
        for (int number : acknowledged) {
            if (!acknowledged.contains(number + 3_000)) {
                ReadOutcome found = thread.ask(reply -> storage.read(Key.of("key-" + number % 3_000), reply));
                assertThat(found).isEqualTo(new ReadOutcome.Found(large(number)));
            }
        }
    }

    private static StoredRecord large(int number) {
        byte[] value = new byte[6_000];
        value[0] = (byte) number;
        value[1] = (byte) (number >> 8);
        Dot dot = new Dot(new Actor("node-1", 7), number + 1L);
        return new StoredRecord(Versions.of(new Version(dot, Clock.empty(), Instant.EPOCH, Value.of(value))), null);
    }

    /** Fills the disk with so many bytes of something else, or as many as go. */
    private void occupy(int bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            for (int written = 0; written < bytes; written += 4_096) {
                out.write(new byte[4_096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private void free() throws IOException {
        Files.delete(disk.resolve("ballast"));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
