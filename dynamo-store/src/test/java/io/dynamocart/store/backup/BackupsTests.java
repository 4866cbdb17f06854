package io.dynamocart.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.LevelDbStorage;
import io.dynamocart.store.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The backups of one node, one after the other. */
class BackupsTests {

    private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path directory;

    private LevelDbStorage storage;
    private Backups backups;

    @BeforeEach
    void open() {
        // Nothing is asked of it that is replied to
        storage = LevelDbStorage.open(directory.resolve("db"), "test", new StorageSettings(1 << 20, 1 << 20), _ -> {});
        backups = new Backups(
                new BackupSettings(directory.resolve("backups"), 1 << 16, 0, Duration.ofDays(10)),
                "test",
                new NodeId("node-1"),
                storage,
                MONDAY);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void whatIsToldTooLateDoesNotMakeOneRunAgainThatHasEnded() {
        BackupReport begun = backups.begin(MONDAY);
        awaitEnd();

        backups.on(begun.failed("the disk is full"));
        backups.on(begun.advanced(10, 1_000));

        assertThat(latest().state()).isEqualTo("failed");
        backups.begin(TUESDAY);
        awaitEnd();
        assertThat(latest().begun()).isEqualTo(TUESDAY);
        assertThat(latest().state()).isEqualTo("done");
    }

    @Test
    void whatIsToldTooLateIsNotTakenForTheNextOne() {
        BackupReport first = backups.begin(MONDAY);
        awaitEnd();
        storage.writeNote("long enough for a backup of seconds", new byte[1 << 20], (_, _) -> {});
        backups.begin(TUESDAY);

        backups.on(first.advanced(10, 1_000));

        assertThat(latest().begun()).isEqualTo(TUESDAY);
        assertThat(latest().isRunning()).isTrue();
    }

    @Test
    void isNotRefusedForADiskThatIsLookedAtLater() throws IOException {
        Files.createFile(directory.resolve("backups"));

        assertThat(backups.begin(MONDAY).isRunning()).isTrue();

        awaitEnd();
        assertThat(latest().problem()).startsWith("cannot write to");
    }

    @Test
    void takesPartInWhatIsNewerThanAllItKnowsOf() {
        assertThat(backups.join(TUESDAY, MONDAY, TUESDAY)).isTrue();
        assertThat(latest().begun()).isEqualTo(TUESDAY);
        awaitEnd();

        assertThat(backups.join(TUESDAY, TUESDAY, TUESDAY)).isFalse();
    }

    @Test
    void takesNoPartInWhatIsStillToCome() {
        assertThat(backups.join(TUESDAY, MONDAY, TUESDAY.minus(Duration.ofMinutes(11))))
                .isFalse();
        assertThat(backups.latest()).isEmpty();
    }

    /** Its own frames bear the later mark, so what it did since the other would be in no order with it. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void saysSoWhereItTakesNoPartSinceItsClockWasAhead(CapturedOutput output) {
        assertThat(backups.join(MONDAY, TUESDAY, MONDAY)).isFalse();

        assertThat(backups.latest()).isEmpty();
        assertThat(output.getOut()).contains("takes no part in the backup of " + MONDAY, "start it anew");
    }

    private void awaitEnd() {
        Awaitility.await("the backup has ended").atMost(Duration.ofSeconds(20)).until(() -> !latest().isRunning());
    }

    private BackupReport latest() {
        return backups.latest().orElseThrow();
    }
}
