package io.dynamocart.store.backup;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.DataDirectory;
import io.dynamocart.store.storage.NewDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the data directory of a node of a backup (docs/decisions/0015). Nothing is written before the whole
 * backup was found to be undamaged.
 */
public final class Restoration {

    /** The note in a directory that was made for a node beside others that live: when its backup was begun. */
    private static final String NOTE = "restored";

    private Restoration() {}

    /** How much of the cluster has been lost. */
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
     * Restores. Of how old a backup may be beside nodes that live, all that is known here is what held when it was
     * made; what holds now the node knows, when it is started ({@link #checkAge}).
     *
     * @param directory empty, or not there
     * @param now against which the age of the backup is held
     * @throws BackupException if the backup is damaged, or too old, or there is anything in the directory
     */
    public static BackupHeader restore(Path file, Path directory, Extent extent, Instant now) {
        BackupReader backup = new BackupReader(file);
        BackupHeader header = backup.read((_, _) -> {});
        if (extent == Extent.WHOLE_CLUSTER) {
            fill(directory, header.cluster(), header.node(), database -> backup.read(database::put));
        } else {
            expectYoung(header, now);
            fill(directory, header.cluster(), header.node(), database -> {
                copyData(backup, database);
                database.putNote(NOTE, noteOf(header.begun()));
            });
        }
        return header;
    }

    /**
     * Checks the directory of a node that knows of no cluster yet. If it was made of a backup for a node beside others
     * that live, that backup must be younger than tombstones are kept now, which may be shorter than when it was made.
     *
     * @param notes reads a note of the directory's storage, null where there is none
     * @param reapAfter how long the node keeps tombstones at least
     * @throws DataDirectory.Unusable if the backup is too old
     */
    public static void checkAge(
            Path directory, Function<String, byte @Nullable []> notes, Duration reapAfter, Instant now) {
        byte[] note = notes.apply(NOTE);
        if (note == null) {
            return;
        }
        Instant begun = Instant.ofEpochMilli(new ByteReader(note).readVarint());
        if (isOlder(begun, reapAfter, now)) {
            throw new DataDirectory.Unusable(
                    "the data directory %s was made of a backup of %s, older than dynamo.store.reap-after (%s), so it could "
                                    .formatted(directory, begun, reapAfter)
                            + "bring back what was deleted since",
                    "move it away, and start the node with an empty one; it gets its data from the others",
                    null);
        }
    }

    /**
     * Makes the directory of a node of another cluster, in which one may look at what was while the cluster that was
     * backed up goes on. It holds the data without the membership: nodes made so found their cluster as empty ones do,
     * at addresses of their own. Clusters of different names never become one, so the age of the backup does not
     * matter.
     *
     * @param cluster the name of the other cluster
     * @param directory empty, or not there
     * @throws BackupException if the backup is damaged or of a cluster of that name, or there is anything in the
     *     directory
     */
    public static BackupHeader restoreInto(String cluster, Path file, Path directory) {
        BackupReader backup = new BackupReader(file);
        BackupHeader header = backup.read((_, _) -> {});
        if (header.cluster().equals(cluster)) {
            throw new BackupException(
                    "the backup is of a cluster of this name: beside nodes that live, another one needs another name");
        }
        fill(directory, cluster, header.node(), database -> copyData(backup, database));
        return header;
    }

    private static byte[] noteOf(Instant begun) {
        return new ByteWriter().writeVarint(begun.toEpochMilli()).toByteArray();
    }

    /** Without the membership, and what else a node keeps of itself. */
    private static void copyData(BackupReader backup, NewDatabase database) {
        backup.read((location, value) -> {
            if (!NewDatabase.isNote(location)) {
                database.put(location, value);
            }
        });
    }

    private static void fill(Path directory, String cluster, NodeId node, Consumer<NewDatabase> contents) {
        try (NewDatabase database = NewDatabase.in(directory)) {
            contents.accept(database);
            database.complete(cluster, node.name());
        } catch (DataDirectory.Unusable refused) {
            throw new BackupException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static void expectYoung(BackupHeader header, Instant now) {
        if (isOlder(header.begun(), header.reapAfter(), now)) {
            throw new BackupException(
                    ("the backup is of %s, older than dynamo.store.reap-after (%s): beside nodes that live it could "
                                    + "bring back what was deleted since. "
                                    + "Start the node with an empty directory instead; it gets its data from the others")
                            .formatted(header.begun(), header.reapAfter()));
        }
    }

    private static boolean isOlder(Instant begun, Duration reapAfter, Instant now) {
        return Duration.between(begun, now).compareTo(reapAfter) >= 0;
    }
}
