package io.dynamocart.store.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report on how a backup of this node stands.
 *
 * @param begun when it was asked for, by the clock of who was asked; the same at all nodes that take part
 * @param file its name, in the directory for backups
 * @param state {@code running}, {@code done} or {@code failed}
 * @param records how many it has so far
 * @param bytes how long the file is so far
 * @param damaged records that were left out, since they are not what was written; other nodes have them whole
 * @param problem why it failed, null if it did not
 */
public record BackupReport(
        Instant begun,
        String file,
        String state,
        long records,
        long bytes,
        long damaged,
        @Nullable String problem) {

    private static final String RUNNING = "running";

    static BackupReport running(Instant begun, String file) {
        return new BackupReport(begun, file, RUNNING, 0, 0, 0, null);
    }

    BackupReport advanced(long soFar, long bytesSoFar) {
        return new BackupReport(begun, file, RUNNING, soFar, bytesSoFar, 0, null);
    }

    BackupReport done(long allRecords, long allBytes, long leftOut) {
        return new BackupReport(begun, file, "done", allRecords, allBytes, leftOut, null);
    }

    BackupReport failed(String why) {
        return new BackupReport(begun, file, "failed", 0, 0, 0, why);
    }

    /** Whether the backup goes on. */
    public boolean isRunning() {
        return state.equals(RUNNING);
    }
}
