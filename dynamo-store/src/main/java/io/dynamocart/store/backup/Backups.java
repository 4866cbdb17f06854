package io.dynamocart.store.backup;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.CopySink;
import io.dynamocart.store.storage.CopyTarget;
import io.dynamocart.store.storage.LevelDbStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups that a running node makes of itself, one at a time. Thread-safe, but for {@link #begin}. */
public final class Backups {

    private static final Logger log = LoggerFactory.getLogger(Backups.class);

    /** Longer than it takes for every node to hear of a backup, and clocks are apart. */
    private static final Duration JUST_NOW = Duration.ofMinutes(10);

    private final BackupSettings settings;
    private final String cluster;
    private final NodeId node;
    private final LevelDbStorage storage;
    private final Instant started;
    private volatile @Nullable BackupReport latest;

    /** @param started when this node was started */
    public Backups(BackupSettings settings, String cluster, NodeId node, LevelDbStorage storage, Instant started) {
        this.settings = settings;
        this.cluster = cluster;
        this.node = node;
        this.storage = storage;
        this.started = started;
    }

    /**
     * Begins a backup: of what is on disk or was asked to be written so far, and of nothing else. Whether it can be
     * written where it is to go, its report tells later. For the node's thread.
     *
     * @param begun its name among those of all nodes; in milliseconds
     * @throws BackupException if it cannot
     */
    public BackupReport begin(Instant begun) {
        Path directory = settings.directory();
        if (directory == null) {
            throw new BackupException("this node has no directory for backups; set dynamo.store.backup-dir");
        }
        BackupReport before = latest;
        if (before != null && before.isRunning()) {
            throw new BackupException("the backup %s is still running".formatted(before.file()));
        }
        Target target = new Target(directory, begun);
        latest = target.report;
        storage.copyTo(target, settings.bytesPerSecond());
        return target.report;
    }

    /**
     * Takes part in the backup that another node has begun, if that was just now, and since this node was started: one
     * that was started since may have taken its part already, or have heard of what came after. For the node's thread.
     *
     * @param newest the newest that this node knows of so far, whether it took part in it or not
     * @return whether this one is newer; never if it is still to come
     */
    public boolean join(Instant begun, Instant newest, Instant now) {
        if (begun.isAfter(now.plus(JUST_NOW))) {
            log.error(
                    "A backup of {} was begun, by the clock of another node: set the clocks right, "
                            + "and start a node anew whose clock was ahead",
                    begun);
            return false;
        }
        if (!begun.isAfter(newest)) {
            tellIfAhead(begun, newest, now);
            return false;
        }
        if (begun.isAfter(now.minus(JUST_NOW)) && !begun.isBefore(started)) {
            takePart(begun);
        }
        return true;
    }

    private static void tellIfAhead(Instant begun, Instant newest, Instant now) {
        if (begun.isBefore(newest) && newest.isAfter(now)) {
            log.error(
                    "This node takes no part in the backup of {}, since it knows of one of {}, made when a clock was ahead: "
                            + "start it anew",
                    begun,
                    newest);
        }
    }

    private void takePart(Instant begun) {
        try {
            begin(begun);
        } catch (BackupException e) {
            log.error("This node takes no part in the backup of {}: {}", begun, e.getMessage());
        }
    }

    /** The last one, while it runs and when it has ended; none since the start of the node. */
    public Optional<BackupReport> latest() {
        return Optional.ofNullable(latest);
    }

    /** The file of one backup. */
    private final class Target implements CopyTarget {

        private final Path directory;
        private final Instant begun;
        private final BackupReport report;

        Target(Path directory, Instant begun) {
            this.directory = directory;
            this.begun = begun;
            this.report = BackupReport.running(begun, BackupFormat.fileName(node, begun));
        }

        @Override
        public CopySink open() throws IOException {
            try {
                Files.createDirectories(directory);
                return new BackupWriter(
                        directory.resolve(report.file()),
                        new BackupHeader(cluster, node, begun, settings.reapAfter()),
                        report,
                        settings.reserveBytes(),
                        Backups.this::on);
            } catch (IOException e) {
                throw new IOException("cannot write to %s: %s".formatted(directory, e), e);
            }
        }

        @Override
        public void abandon(String why) {
            on(report.failed(why));
        }
    }

    /** Tells how one backup stands, by whichever thread knows. */
    void on(BackupReport report) {
        if (report.isRunning()) {
            advance(report);
        } else {
            end(report);
        }
    }

    /**
     * Takes a report, unless that backup has ended: the thread that copies may be telling this while another has given
     * it up.
     */
    private synchronized void advance(BackupReport report) {
        BackupReport before = latest;
        if (before != null && before.isRunning() && before.file().equals(report.file())) {
            latest = report;
        }
    }

    private void end(BackupReport report) {
        synchronized (this) {
            latest = report;
        }
        if (report.problem() != null) {
            log.error("The backup {} failed: {}", report.file(), report.problem());
        } else {
            log.info(
                    "The backup {} is done: {} records, {} bytes, {} damaged records left out",
                    report.file(),
                    report.records(),
                    report.bytes(),
                    report.damaged());
        }
    }
}
