package io.dynamocart.store.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings for how a node makes backups.
 *
 * @param directory where to; null for no backups
 * @param bytesPerSecond how fast the node's disk is read for one, at most
 * @param reserveBytes space on the disk of that directory that a backup leaves free
 * @param reapAfter how long the node keeps tombstones at least
 */
public record BackupSettings(@Nullable Path directory, long bytesPerSecond, long reserveBytes, Duration reapAfter) {

    public BackupSettings {
        if (bytesPerSecond < 1 << 16) {
            throw new IllegalArgumentException("a backup of %d bytes a second".formatted(bytesPerSecond));
        }
    }

    /** The settings of a node that makes no backups. */
    public static BackupSettings none() {
        return new BackupSettings(null, 1 << 20, 0, Duration.ZERO);
    }
}
