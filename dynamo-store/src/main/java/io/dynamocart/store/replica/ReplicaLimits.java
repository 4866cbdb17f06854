package io.dynamocart.store.replica;

import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Truncation;

/**
 * What a store allows of one key, and of its disk.
 *
 * @param versions siblings that a put may leave behind; merging what others wrote may exceed it
 * @param truncation what the past of a new version keeps
 * @param reconciliation what stays of versions that did not see each other
 * @param reads how many reads the disk is asked for, and how many wait
 */
public record ReplicaLimits(int versions, Truncation truncation, Reconciliation reconciliation, ReadLimits reads) {

    public ReplicaLimits {
        if (versions < 1) {
            throw new IllegalArgumentException("a key may have at least 1 version, not %d".formatted(versions));
        }
    }

    /** Limits of a store on any disk. */
    public ReplicaLimits(int versions, Truncation truncation, Reconciliation reconciliation) {
        this(versions, truncation, reconciliation, ReadLimits.standard());
    }

    /** Limits of a store whose application merges. */
    public ReplicaLimits(int versions, Truncation truncation) {
        this(versions, truncation, Reconciliation.APPLICATION);
    }

    /** The same with other limits for reading. */
    public ReplicaLimits with(ReadLimits newReads) {
        return new ReplicaLimits(versions, truncation, reconciliation, newReads);
    }
}
