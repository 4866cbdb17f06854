package io.dynamocart.store.runtime;

import static io.dynamocart.store.runtime.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.backup.BackupException;
import io.dynamocart.store.backup.BackupReport;
import io.dynamocart.store.backup.Restoration;
import io.dynamocart.store.backup.Restoration.Extent;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of nodes that run, and nodes made of them (docs/decisions/0015-backup.md). */
class BackupTests {

    private static final int KEYS = 60;

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
        List<Path> backups = List.of(backup(1), backup(2), backup(3));
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
    void ofOneNodeBringsItBackBesideTheOthersAndNothingNewerIsLost() throws IOException {
        putAll("before");
        Path backup = backup(3);
        putAll("after");
        cluster.stop(3);
        lose(3);
        Restoration.restore(backup, data(3), Extent.ONE_NODE, Instant.now());
        cluster.restart(3);
        cluster.awaitReady(3);

        Awaitility.await("the node has taken its place")
                .atMost(Duration.ofSeconds(30))
                .until(() -> await(
                        cluster.node(3).ask(node -> node.history().progress().isEmpty())));
        for (int i = 0; i < KEYS; i++) {
            assertThat(values(key(i))).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void thatIsDamagedIsRefusedBeforeAnythingIsWritten() throws IOException {
        putAll("before");
        byte[] whole = Files.readAllBytes(backup(1));
        Path damaged = directory.resolve("damaged");
        Path target = directory.resolve("restored");
        Property.holds(200, random -> {
            byte[] bytes = whole.clone();
            if (random.chance(0.5)) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            write(damaged, bytes);

            assertThatThrownBy(() -> Restoration.restore(damaged, target, Extent.WHOLE_CLUSTER, Instant.now()))
                    .isInstanceOf(BackupException.class);
            assertThat(target).doesNotExist();
        });
        write(damaged, whole);
        Restoration.restore(damaged, target, Extent.WHOLE_CLUSTER, Instant.now());
        assertThat(target).isNotEmptyDirectory();
    }

    @Test
    void isNotRestoredOverData() throws IOException {
        Path backup = backup(1);
        cluster.stop(1);

        assertThatThrownBy(() -> Restoration.restore(backup, data(1), Extent.ONE_NODE, Instant.now()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void thatCouldBringBackDeletedKeysIsRefusedBesideNodesThatLive() throws IOException {
        Path backup = backup(1);
        Instant late = Instant.now().plus(Duration.ofDays(10));

        assertThatThrownBy(() -> Restoration.restore(backup, directory.resolve("one"), Extent.ONE_NODE, late))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("reap-after");
        Restoration.restore(backup, directory.resolve("all"), Extent.WHOLE_CLUSTER, late);
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(backup(1)))
                    .map(Enum::name)
                    .allMatch(name -> name.startsWith("OWNER_"));
        }
    }

    private Path backup(int number) throws IOException {
        NodeDriver node = cluster.node(number);
        BackupReport begun = await(node.beginBackup());
        Awaitility.await("the backup has ended")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !node.latestBackup().orElseThrow().isRunning());
        assertThat(node.latestBackup()).map(BackupReport::state).contains("done");
        return directory.resolve("backups").resolve(begun.file());
    }

    private void putAll(String value) {
        for (int i = 0; i < KEYS; i++) {
            await(cluster.store(1 + i % 3).put(key(i), Context.none(key(i)), Value.of(value)));
        }
    }

    private List<String> values(Key key) {
        GetResult found = await(cluster.store(2).get(key));
        return found.versions().live().stream()
                .map(version -> version.value().orElseThrow().toString())
                .toList();
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
