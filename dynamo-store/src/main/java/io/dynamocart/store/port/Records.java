package io.dynamocart.store.port;

import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records under keys on a node's own disk: its copies, or the hints it keeps for one other node.
 *
 * <p>The contract is weak. Replies come on the node's thread, at any later time, or never if the node stops before.
 * Writes of one key are committed, and replied to, in the order in which they were asked for; nothing is promised
 * between keys. After a crash, a write that was not replied to may be there or not, each key for itself. The caller
 * never has a read and a write of one key under way at once.
 */
public interface Records {

    /** The record if it is at hand in memory, without waiting; null where only {@link #read} can tell. */
    @Nullable
    StoredRecord recall(Key key);

    void read(Key key, Reply<Storage.ReadOutcome> reply);

    /**
     * Replies {@link Storage.WriteOutcome.Committed} once the record survives a crash of the whole machine. To write
     * {@link StoredRecord#nothing} removes the record.
     */
    void write(Key key, StoredRecord record, Reply<Storage.WriteOutcome> reply);

    /**
     * Lists the records of a range by token, counted from zero, and then by key. What is written meanwhile may be among
     * them or not.
     *
     * @param after where the page before ended, null to begin
     */
    void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply);

    /**
     * Whether the disk takes writes at present, which callers ask before they write. A write that is asked for while
     * the disk is {@link DiskState.Full} may be refused, or delayed until there is room; one that is accepted is
     * carried out, and replied to, then, or is answered as failed if the node stops before. Once a write has failed,
     * all that follow are answered as failed. Where the disk has {@link DiskState.Failed failed} since it cannot be
     * read, writes may still be carried out: callers must not ask for them.
     */
    default DiskState state() {
        return new DiskState.Fine();
    }

    /** The outcome of a scan. */
    sealed interface ScanOutcome {

        /**
         * A page of records, neighbours on the ring; none only if it is the last.
         *
         * @param last whether none come after these
         */
        record Page(List<Item> items, boolean last) implements ScanOutcome {

            public Page {
                items = List.copyOf(items);
            }
        }

        /** The disk did not answer. */
        record Failed(String detail) implements ScanOutcome {}
    }

    /** A record that a scan came upon; never one that is not there. */
    record Item(Key key, Storage.ReadOutcome outcome) {}
}
