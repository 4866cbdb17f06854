package io.dynamocart.store.backup;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.time.Instant;

/**
 * The header of a backup, which says what it is of.
 *
 * @param begun when it was asked for, by the clock of who was asked; all nodes' files of one backup have the same
 * @param reapAfter how long the node kept tombstones at least: older than that, a backup may hold what was deleted for
 *     good since
 */
public record BackupHeader(String cluster, NodeId node, Instant begun, Duration reapAfter) {

    void writeTo(ByteWriter out) {
        out.writeString(cluster).writeString(node.name());
        out.writeVarint(begun.toEpochMilli()).writeVarint(reapAfter.toMillis());
    }

    static BackupHeader readFrom(ByteReader in) {
        BackupHeader header = new BackupHeader(
                in.readString(),
                new NodeId(in.readString()),
                Instant.ofEpochMilli(in.readVarint()),
                Duration.ofMillis(in.readVarint()));
        in.expectEnd();
        return header;
    }
}
