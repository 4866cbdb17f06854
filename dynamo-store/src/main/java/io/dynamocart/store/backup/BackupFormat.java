package io.dynamocart.store.backup;

import io.dynamocart.store.ring.NodeId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The form of a backup: eight bytes that say what it is, four with the version of the form, then blocks of {@code
 * length, checksum, kind, content}, the first two of four bytes each:
 *
 * <pre>
 *   header   once, first
 *   record   {@code location, value}, each location once
 *   end      once, last: how many records there are, and the checksum of all their checksums
 * </pre>
 *
 * A file without its end was cut off, and is none.
 */
final class BackupFormat {

    static final long MAGIC = 0x44796e616d6f4275L; // "DynamoBu"
    static final int VERSION = 1;

    static final int HEADER = 1;
    static final int RECORD = 2;
    static final int END = 3;

    /** Longer than anything that a node stores; what claims to be longer is damaged. */
    static final int MAX_BLOCK_BYTES = 256 << 20;

    static final String SUFFIX = ".backup";
    static final String UNFINISHED_SUFFIX = ".unfinished";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BackupFormat() {}

    /** Takes the checksum of a record into that of all. */
    static void add(CRC32C total, int checksum) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            total.update(checksum >>> shift);
        }
    }

    /** A name that sorts by node, then by time. */
    static String fileName(NodeId node, Instant begun) {
        return node.name() + "-" + MOMENT.format(begun) + SUFFIX;
    }
}
