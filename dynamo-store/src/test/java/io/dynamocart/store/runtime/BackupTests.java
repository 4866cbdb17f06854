package io.dynamocart.store.runtime;

import static io.dynamocart.store.runtime.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.backup.Restoration;
import io.dynamocart.store.backup.Restoration.Extent;
import io.dynamocart.store.transport.Protocol;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of nodes that run, and nodes made of them (docs/decisions/0015). */
class BackupTests {

    private static final int KEYS = 60;
    private static final int WRITERS = 8;

    @TempDir
    Path directory;

    private RealCluster cluster;

    @BeforeEach
    void start() {
        cluster = new RealCluster(directory);
        cluster.startAll();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void ofAllNodesBringsBackAClusterOfWhichNothingIsLeft() throws IOException {
        putAll("before");
        List<Path> backups = cluster.backUp(1);
        putAll("after");
        cluster.close();
        for (int node = 1; node <= 3; node++) {
            lose(node);
            Restoration.restore(backups.get(node - 1), data(node), Extent.WHOLE_CLUSTER, Instant.now());
        }
        cluster.startAll();

        for (int i = 0; i < KEYS; i++) {
            assertThat(values(key(i))).contains("before");
        }
        putAll("again");
        for (int i = 0; i < KEYS; i++) {
            assertThat(values(key(i))).contains("before", "again");
        }
    }

    @Test
    void holdsNothingWithoutWhatItsWriterHadSeenAcknowledgedBefore() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(WRITERS);
        List<Path> backups;
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
                Closeable _ = () -> over.set(true)) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> countUp(writer, begun, over), threads))
                    .toList();
            assertThat(begun.await(20, TimeUnit.SECONDS)).as("all write").isTrue();
            backups = cluster.backUp(1);
            over.set(true);
            writers.forEach(RealCluster::await);
        }
        cluster.close();
        for (int node = 1; node <= 3; node++) {
            lose(node);
            Restoration.restore(backups.get(node - 1), data(node), Extent.WHOLE_CLUSTER, Instant.now());
        }
        cluster.startAll();

        for (int writer = 0; writer < WRITERS; writer++) {
            int first = count(Key.of("first-" + writer));
            int second = count(Key.of("second-" + writer));
            assertThat(second).as("of writer %d", writer).isPositive();
            assertThat(first).as("of writer %d", writer).isBetween(second, second + 1);
        }
    }

    /** Writes each number to one key, and when that is acknowledged to another. */
    private void countUp(int writer, CountDownLatch begun, AtomicBoolean over) {
        DynamoStore store = cluster.store(1 + writer % 3);
        Map<Key, Context> contexts = new HashMap<>();
        for (int number = 1; !over.get(); number++) {
            for (Key key : List.of(Key.of("first-" + writer), Key.of("second-" + writer))) {
                Context context = contexts.getOrDefault(key, Context.none(key));
                contexts.put(
                        key,
                        await(store.put(key, context, Value.of(String.valueOf(number))))
                                .context());
            }
            if (number == 1) {
                begun.countDown();
            }
        }
    }

    /** The number that stands under a key; what is unsaid is the highest of several. */
    private int count(Key key) {
        return values(key).stream().mapToInt(Integer::parseInt).max().orElse(0);
    }

    @Test
    void ofOneNodeBringsItBackBesideTheOthersAndNothingNewerIsLost() throws IOException {
        putAll("before");
        Path backup = cluster.backUp(3).get(2);
        putAll("after");
        cluster.stop(3);
        lose(3);
        Restoration.restore(backup, data(3), Extent.ONE_NODE, Instant.now());
        cluster.restart(3);
        cluster.awaitReady(3);

        Await.until(
                "the node has taken its place",
                Duration.ofSeconds(60),
                () -> await(
                        cluster.node(3).ask(node -> node.history().progress().isEmpty())));
        for (int i = 0; i < KEYS; i++) {
            assertThat(values(key(i))).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void ofAllNodesShowsWhatWasInAnotherClusterBesideTheOneThatLives() {
        putAll("before");
        List<Path> backups = cluster.backUp(1);
        deleteAll();

        Path elsewhere = directory.resolve("elsewhere");
        for (int node = 1; node <= 3; node++) {
            Restoration.restoreInto("past", backups.get(node - 1), elsewhere.resolve("node-" + node));
        }
        try (RealCluster past = new RealCluster(elsewhere, "past")) {
            past.startAll();
            for (int i = 0; i < KEYS; i++) {
                assertThat(values(past, key(i))).containsExactly("before");
                assertThat(values(key(i))).isEmpty();
            }
        }
    }

    @Test
    void isBegunOnlyOnceAllNodesSpeakAProtocolThatKnowsOfBackups() {
        cluster.stop(2);
        cluster.speak(2, Protocol.NEWEST.upTo(1));
        cluster.startAll();
        awaitLinks(1);
        putAll("by two protocols");
        for (int i = 0; i < KEYS; i++) {
            assertThat(values(key(i))).containsExactly("by two protocols");
        }
        assertThatThrownBy(() -> await(cluster.node(1).beginBackup()))
                .hasMessageContaining("[node-2] speak a protocol");

        cluster.stop(2);
        cluster.speak(2, Protocol.NEWEST);
        cluster.startAll();
        awaitLinks(1);
        assertThat(cluster.backUp(1)).allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void isNotTakenPartInByANodeThatWasStartedSinceItBegan() throws IOException {
        Path file = cluster.backUp(1).get(2);
        cluster.stop(3);
        Files.delete(file);
        cluster.startAll();
        awaitLinks(3);
        putAll("since");

        assertThat(cluster.node(3).latestBackup()).isEmpty();
        assertThat(file).doesNotExist();
    }

    private void awaitLinks(int number) {
        Await.until(
                "all others answer",
                () -> await(cluster.store(number).replicas(key(0))).stream().allMatch(copy -> copy.versions() != null));
    }

    private void putAll(String value) {
        for (int i = 0; i < KEYS; i++) {
            await(cluster.store(1 + i % 3).put(key(i), Context.none(key(i)), Value.of(value)));
        }
    }

    private void deleteAll() {
        for (int i = 0; i < KEYS; i++) {
            await(cluster.store(1)
                    .delete(key(i), await(cluster.store(1).get(key(i))).context()));
        }
    }

    private List<String> values(Key key) {
        return values(cluster, key);
    }

    private static List<String> values(RealCluster asked, Key key) {
        GetResult found = await(asked.store(2).get(key));
        return found.versions().live().stream()
                .map(version -> String.valueOf(version.value()))
                .toList();
    }

    private static Key key(int number) {
        return Key.of("key-" + number);
    }

    private Path data(int number) {
        return directory.resolve("node-" + number);
    }

    private void lose(int number) throws IOException {
        try (Stream<Path> files = Files.walk(data(number))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
