package io.dynamocart.store.bench;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.storage.LevelDbStorage;
import io.dynamocart.store.storage.StorageSettings;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What LevelDB costs: a record that no cache holds, and a synced batch of so many; thread changes included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DiskBenchmark {

    private static final int KEYS = 20_000;

    @Param({"1", "16", "64"})
    public int batch;

    private final StoredRecord record = new StoredRecord(
            Versions.none()
                    .write(
                            new Dot(new Actor("node-1", 1), 1),
                            Clock.empty(),
                            Instant.EPOCH,
                            Value.of(new byte[1024]),
                            Truncation.off()),
            null);
    private Path directory = Path.of("");
    private @Nullable LevelDbStorage storage;
    private int next;

    @Setup
    public void open() throws Exception {
        directory = Files.createTempDirectory("disk-benchmark");
        storage = LevelDbStorage.open(
                directory, "bench", new StorageSettings(0, 16 << 20), DiskBenchmark::onAnyThread);
        for (int i = 0; i < KEYS; i += 1_000) {
            write(1_000);
        }
    }

    @TearDown
    public void close() throws IOException {
        storage().close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Time for the whole batch. */
    @Benchmark
    public void syncedBatch() throws Exception {
        write(batch);
    }

    /** Time for one of {@code batch} keys asked for at once. */
    @Benchmark
    public ReadOutcome get() {
        CompletableFuture<ReadOutcome> last = new CompletableFuture<>();
        for (int i = 1; i <= batch; i++) {
            boolean isLast = i == batch;
            storage().read(nextKey(), (_, outcome) -> {
                if (isLast) {
                    last.complete(outcome);
                }
            });
        }
        return last.join();
    }

    private void write(int count) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            storage().write(nextKey(), record, (_, outcome) -> {
                if (outcome instanceof WriteOutcome.Committed) {
                    open.countDown();
                }
            });
        }
        open.await();
    }

    private LevelDbStorage storage() {
        return Objects.requireNonNull(storage, "not open");
    }

    private Key nextKey() {
        next = (next + 7_919) % KEYS;
        return Key.of("cart/" + next);
    }

    private static void onAnyThread(Consumer<Moment> action) {
        action.accept(new Moment(System.nanoTime(), Instant.EPOCH));
    }
}
