package io.dynamocart.store.backup;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.DataDirectory;
import io.dynamocart.store.storage.NewDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes the data directory of a node of a backup (docs/decisions/0015). Nothing is written before the whole
 * backup was found to be undamaged.
 */
public final class Restoration {

    private Restoration() {}

    /** What else has been lost. */
    public enum Extent {

        /**
         * Other nodes of the cluster live. The node is to take its own place again, as one whose disk was lost: it
         * remembers nothing of the membership, and counts only when it has what the others have.
         */
        ONE_NODE,

        /** Nothing is left of the cluster but its backups. The node goes on where it was. */
        WHOLE_CLUSTER
    }

    /**
     * Restores.
     *
     * @param directory empty, or not there
     * @param now against which the age of the backup is held
     * @throws BackupException if the backup is damaged, or too old, or there is anything in the directory
     */
    public static BackupHeader restore(Path file, Path directory, Extent extent, Instant now) {
        BackupReader backup = new BackupReader(file);
        BackupHeader header = backup.read((_, _) -> {});
        if (extent == Extent.ONE_NODE) {
            expectYoung(header, now);
        }
        fill(directory, backup, extent == Extent.WHOLE_CLUSTER, header.cluster(), header.node());
        return header;
    }

    /**
     * Makes the directory of a node of another cluster, in which one may look at what was while the cluster that was
     * backed up goes on. It holds the data without the membership: nodes made so found their cluster as empty ones do,
     * at addresses of their own. Clusters of different names never become one, so the age of the backup does not matter.
     *
     * @param cluster the name of the other cluster
     * @param directory empty, or not there
     * @throws BackupException if the backup is damaged or of a cluster of that name, or there is anything in the directory
     */
    public static BackupHeader restoreInto(String cluster, Path file, Path directory) {
        BackupReader backup = new BackupReader(file);
        BackupHeader header = backup.read((_, _) -> {});
        if (header.cluster().equals(cluster)) {
            throw new BackupException(
                    "the backup is of a cluster of this name: beside nodes that live, another one needs another name");
        }
        fill(directory, backup, false, cluster, header.node());
        return header;
    }

    private static void fill(Path directory, BackupReader backup, boolean withMembership, String cluster, NodeId node) {
        try (NewDatabase database = NewDatabase.in(directory)) {
            backup.read((location, value) -> {
                if (withMembership || !NewDatabase.isNote(location)) {
                    database.put(location, value);
                }
            });
            database.complete(cluster, node.name());
        } catch (DataDirectory.Unusable refused) {
            throw new BackupException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static void expectYoung(BackupHeader header, Instant now) {
        Duration age = Duration.between(header.begun(), now);
        if (age.compareTo(header.reapAfter()) >= 0) {
            throw new BackupException(
                    ("the backup is of %s, older than dynamo.store.reap-after (%s): beside nodes that live it could "
                                    + "bring back what was deleted since. "
                                    + "Start the node with an empty directory instead; it gets its data from the others")
                            .formatted(header.begun(), header.reapAfter()));
        }
    }
}
