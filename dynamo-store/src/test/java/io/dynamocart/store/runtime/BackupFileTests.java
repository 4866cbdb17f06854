package io.dynamocart.store.runtime;

import static io.dynamocart.store.runtime.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dynamocart.store.backup.BackupException;
import io.dynamocart.store.backup.Restoration;
import io.dynamocart.store.backup.Restoration.Extent;
import io.dynamocart.store.node.ChangedSettings;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.storage.DataDirectory;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup as a file, when the nodes it is of have stopped (docs/decisions/0015). */
class BackupFileTests {

    private static final int KEYS = 60;

    @TempDir
    static Path cluster;

    private static Path backup;

    @TempDir
    Path directory;

    @BeforeAll
    static void backUp() {
        try (RealCluster nodes = new RealCluster(cluster)) {
            nodes.startAll();
            for (int i = 0; i < KEYS; i++) {
                Key key = Key.of("key-" + i);
                await(nodes.store(1).put(key, Context.none(key), Value.of("stored")));
            }
            backup = nodes.backUp(1).getFirst();
        }
    }

    @Test
    void isNotRestoredIntoAnotherClusterOfTheSameName() {
        assertThatThrownBy(() -> Restoration.restoreInto("test", backup, directory.resolve("one")))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("another name");
    }

    @Test
    void thatIsDamagedIsRefusedBeforeAnythingIsWritten() throws IOException {
        byte[] whole = Files.readAllBytes(backup);
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
    void isNotRestoredOverData() {
        assertThatThrownBy(() -> Restoration.restore(backup, cluster.resolve("node-1"), Extent.ONE_NODE, Instant.now()))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void thatCouldBringBackDeletedKeysIsRefusedBesideNodesThatLive() {
        Instant late = Instant.now().plus(Duration.ofDays(10));

        assertThatThrownBy(() -> Restoration.restore(backup, directory.resolve("one"), Extent.ONE_NODE, late))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("reap-after");
        Restoration.restore(backup, directory.resolve("all"), Extent.WHOLE_CLUSTER, late);
    }

    /** Tombstones of after the backup may have gone by the setting of today, though not by that of the backup. */
    @Test
    void soItIsWhenTheNodeIsStartedWhereTombstonesAreKeptForLessLongByNow() {
        RealCluster later = new RealCluster(directory);
        DriverSettings hasty = later.settings(1, ChangedSettings.with(RepairSettings.standard(), afterNothing()));
        Restoration.restore(backup, hasty.dataDirectory(), Extent.ONE_NODE, Instant.now());

        assertThatThrownBy(() -> NodeDriver.start(hasty, new EventLog()))
                .isInstanceOf(DataDirectory.Unusable.class)
                .hasMessageContainingAll("made of a backup of", "dynamo.store.reap-after", "an empty one");
        NodeDriver.start(later.settings(1), new EventLog()).close();
    }

    @Test
    void theAgeOfABackupDoesNotMatterWhereAllNodesAreOfItNorInAnotherCluster() {
        RealCluster later = new RealCluster(directory);
        DriverSettings all = later.settings(1, ChangedSettings.with(RepairSettings.standard(), afterNothing()));
        Restoration.restore(backup, all.dataDirectory(), Extent.WHOLE_CLUSTER, Instant.now());
        NodeDriver.start(all, new EventLog()).close();

        RealCluster past = new RealCluster(directory.resolve("past"), "past");
        DriverSettings other = past.settings(1, ChangedSettings.with(RepairSettings.standard(), afterNothing()));
        Restoration.restoreInto("past", backup, other.dataDirectory());
        NodeDriver.start(other, new EventLog()).close();
    }

    private static ReapSettings afterNothing() {
        return new ReapSettings(Duration.ZERO, Duration.ofMinutes(30), Duration.ofMinutes(1));
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");

        assertThat(Files.getPosixFilePermissions(backup)).map(Enum::name).allMatch(name -> name.startsWith("OWNER_"));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
