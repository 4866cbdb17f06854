package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a database that is written to meanwhile (docs/decisions/0015). */
class FrozenCopyTests {

    private static final StorageSettings SETTINGS = new StorageSettings(0, 1 << 16);
    private static final int KEYS = 300;

    /** Slow enough for pages of some 30 records. */
    private static final long SLOW = 1 << 17;

    private static final long FAST = 1L << 40;
    private static final int LARGE_KEYS = 40;
    private static final StoredRecord LARGE = Records.numbered(1, Value.of("x".repeat(1 << 20)));
    private static final NodeId TARGET = new NodeId("node-2");

    @TempDir
    Path directory;

    private final TestThread thread = new TestThread();
    private LevelDbStorage storage;

    @BeforeEach
    void open() {
        storage = LevelDbStorage.open(directory, "test", SETTINGS, thread);
    }

    @AfterEach
    void close() {
        storage.close();
        thread.close();
    }

    /** What a copy gave, by location; runs something after each page. */
    private static class Given implements CopyTarget, CopySink {
        final Map<String, String> records = new ConcurrentSkipListMap<>();
        final CompletableFuture<Long> end = new CompletableFuture<>();

        @Override
        public CopySink open() {
            return this;
        }

        @Override
        public void take(byte[] location, byte[] value) throws IOException {
            String before = records.put(hex(location), hex(value));
            if (before != null) {
                throw new IOException(hex(location) + " is given twice");
            }
        }

        @Override
        public void settle() throws IOException {}

        @Override
        public void complete(long damaged) {
            end.complete(damaged);
        }

        @Override
        public void abandon(String why) {
            end.completeExceptionally(new IllegalStateException(why));
        }

        @Override
        public void close() {}

        long await() {
            return end.orTimeout(20, TimeUnit.SECONDS).join();
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    /** A disk that takes nothing until it is told to go on. */
    private static final class StandingStill extends Given {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public void take(byte[] location, byte[] value) throws IOException {
            reached.countDown();
            await(over);
            super.take(location, value);
        }

        void awaitStandstill() {
            await(reached);
        }

        void goOn() {
            over.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void holdsWhatWasThereAtItsMomentWhateverIsWrittenMeanwhile() {
        Property.holds(5, random -> {
            for (int i = 0; i < KEYS; i++) {
                change(random);
            }
            Map<String, String> atTheMoment = copied();

            Given given = new Given() {
                @Override
                public void settle() {
                    for (int i = 0; i < 40; i++) {
                        change(random);
                    }
                }
            };
            copyTo(given, SLOW);

            assertThat(given.await()).isZero();
            assertThat(given.records).isEqualTo(atTheMoment);
            assertThat(copied()).isNotEqualTo(atTheMoment);
        });
    }

    @Test
    void holdsWhatWasAskedForBeforeAndIsStillToBeWrittenAndNothingThatWasAskedForAfter() {
        Given given = new Given();
        thread.execute(_ -> {
            for (int i = 0; i < 50; i++) {
                storage.write(Key.of("before-" + i), Records.numbered(1), (_, _) -> {});
            }
            storage.copyTo(given, FAST);
            for (int i = 0; i < 50; i++) {
                storage.write(Key.of("before-" + i), StoredRecord.nothing(), (_, _) -> {});
                storage.write(Key.of("after-" + i), Records.numbered(2), (_, _) -> {});
            }
        });

        assertThat(given.await()).isZero();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            Key key = Key.of("before-" + i);
            expected.put(
                    Given.hex(Location.of(Location.ofCopies(), key)),
                    Given.hex(RecordCodec.encode(key, Records.numbered(1))));
        }
        assertThat(given.records).isEqualTo(expected);
    }

    @Test
    void leavesOutWhatIsDamagedAndCountsIt() throws IOException {
        write(Key.of("sound"), Records.numbered(1));
        write(Key.of("rotten"), Records.numbered(77_777));
        storage.close();
        open();
        storage.close();
        damage("value 77777");
        open();
        Given given = new Given();
        copyTo(given, FAST);

        assertThat(given.await()).isEqualTo(1);
        assertThat(given.records).hasSize(1);
    }

    @Test
    void thatCannotGoOnIsGivenUpAndHoldsUpNoWrite() {
        for (int i = 0; i < 10; i++) {
            write(Key.of("key-" + i), Records.numbered(1));
        }
        Given given = new Given() {
            @Override
            public void take(byte[] location, byte[] value) throws IOException {
                throw new IOException("no space left");
            }
        };
        copyTo(given, FAST);

        assertThat(given.end)
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("no space left");
        write(Key.of("key-1"), Records.numbered(2));
        assertThat(copied()).hasSize(10);
    }

    @Test
    void thatCannotTakeWhatAWriteSavedIsNotReadOn() throws InterruptedException {
        for (int i = 0; i < KEYS; i++) {
            write(Key.of("key-" + i), Records.numbered(1));
        }
        AtomicInteger settled = new AtomicInteger();
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        Given given = new Given() {
            @Override
            public void take(byte[] location, byte[] value) throws IOException {
                if (reader.isDone()) {
                    throw new IOException("no space left");
                }
            }

            @Override
            public void settle() {
                settled.incrementAndGet();
                if (reader.complete(Thread.currentThread())) {
                    // Most of these keys are ahead of the reader
                    for (int i = 0; i < KEYS; i++) {
                        write(Key.of("key-" + i), Records.numbered(2));
                    }
                }
            }
        };
        copyTo(given, SLOW);

        assertThat(given.end)
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("no space left");
        assertThat(reader.join().join(Duration.ofSeconds(20))).isTrue();
        assertThat(settled).hasValue(1);
    }

    @Test
    void toADiskThatStandsStillHoldsUpNoWriteAndIsGivenUpBeforeWhatWaitsFillsTheMemory() {
        for (int i = 0; i < LARGE_KEYS; i++) {
            write(Key.of("key-" + i), LARGE);
        }
        StandingStill given = new StandingStill();
        copyTo(given, SLOW);
        given.awaitStandstill();

        for (int i = 0; i < LARGE_KEYS; i++) {
            write(Key.of("key-" + i), Records.numbered(2));
        }
        assertThat(given.end)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("does not keep up");
        given.goOn();
    }

    @Test
    void toADiskThatStandsStillDoesNotHoldUpTheEnd() {
        write(Key.of("key"), Records.numbered(1));
        StandingStill given = new StandingStill();
        copyTo(given, SLOW);
        given.awaitStandstill();

        assertThat(CompletableFuture.runAsync(storage::close)).succeedsWithin(Duration.ofSeconds(15));
        assertThat(given.end)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("the node was stopped");
        given.goOn();
        open();
    }

    @Test
    void endsWhenTheStorageIsClosed() {
        for (int i = 0; i < KEYS; i++) {
            write(Key.of("key-" + i), Records.numbered(1));
        }
        Given given = new Given();
        // A quarter of a day for what is there
        copyTo(given, 1);
        storage.close();

        assertThat(given.end).isCompletedExceptionally();
        open();
    }

    private void change(SeededRandom random) {
        Key key = Key.of("key-" + random.nextInt(KEYS));
        StoredRecord record =
                random.chance(0.3) ? StoredRecord.nothing() : Records.numbered(1 + random.nextInt(1_000_000));
        if (random.chance(0.2)) {
            WriteOutcome outcome = thread.ask(reply -> storage.hintsFor(TARGET).write(key, record, reply));
            assertThat(outcome).isInstanceOf(WriteOutcome.Committed.class);
        } else if (random.chance(0.05)) {
            byte[] note = {(byte) random.nextInt(100)};
            WriteOutcome outcome = thread.ask(reply -> storage.writeNote("note", note, reply));
            assertThat(outcome).isInstanceOf(WriteOutcome.Committed.class);
        } else {
            write(key, record);
        }
    }

    private void write(Key key, StoredRecord record) {
        WriteOutcome outcome = thread.ask(reply -> storage.write(key, record, reply));
        assertThat(outcome).isInstanceOf(WriteOutcome.Committed.class);
    }

    private Map<String, String> copied() {
        Given given = new Given();
        copyTo(given, FAST);
        given.await();
        return given.records;
    }

    private void copyTo(CopyTarget target, long bytesPerSecond) {
        thread.<Boolean>ask(reply -> {
            storage.copyTo(target, bytesPerSecond);
            reply.accept(new Moment(0, Instant.EPOCH), true);
        });
    }

    private void damage(String text) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                byte[] sought = text.getBytes(StandardCharsets.ISO_8859_1);
                for (int at = 0; at + sought.length <= bytes.length; at++) {
                    if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
                        bytes[at] = 'V';
                        Files.write(file, bytes);
                    }
                }
            }
        }
    }
}
