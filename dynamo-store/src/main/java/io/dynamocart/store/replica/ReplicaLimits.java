package io.dynamocart.store.replica;

import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Truncation;

/**
 * The limits that a store sets to one key, and to its disk.
 *
 * @param versions siblings that a put may leave behind; merging what others wrote may exceed it
 * @param truncation what the past of a new version keeps
 * @param reconciliation what stays of versions that did not see each other
 * @param reads how many reads the disk is asked for, and how many wait
 * @param objectBuffer writes that may be reported done ahead of the disk (paper §6.1); none turns that off
 */
public record ReplicaLimits(
        int versions, Truncation truncation, Reconciliation reconciliation, ReadLimits reads, int objectBuffer) {

    /**
     * Bytes of the values of all siblings together that a put may leave behind: a quarter of the longest message
     * between nodes, so that what some nodes took apart from one another still fits into one when they meet.
     */
    static final int MAX_BYTES = 8 << 20;

    public ReplicaLimits {
        if (versions < 1) {
            throw new IllegalArgumentException("a key may have at least 1 version, not %d".formatted(versions));
        }
        if (objectBuffer < 0) {
            throw new IllegalArgumentException("an object buffer of %d writes".formatted(objectBuffer));
        }
    }

    /** Limits of a store on any disk, which writes nothing ahead of it. */
    public ReplicaLimits(int versions, Truncation truncation, Reconciliation reconciliation) {
        this(versions, truncation, reconciliation, ReadLimits.standard(), 0);
    }

    /** Limits of a store whose application merges. */
    public ReplicaLimits(int versions, Truncation truncation) {
        this(versions, truncation, Reconciliation.APPLICATION);
    }

    /** These limits, with others for reading. */
    public ReplicaLimits with(ReadLimits newReads) {
        return new ReplicaLimits(versions, truncation, reconciliation, newReads, objectBuffer);
    }

    /** These limits, with an object buffer for so many writes. */
    public ReplicaLimits withObjectBuffer(int writes) {
        return new ReplicaLimits(versions, truncation, reconciliation, reads, writes);
    }

    /** Whether writes may be reported done ahead of the disk. */
    public boolean buffers() {
        return objectBuffer > 0;
    }
}
