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

    /** Whether it takes writes at present. What is asked for while it does not is neither done nor kept for later. */
    default DiskState state() {
        return new DiskState.Fine();
    }

    /** What came of a scan. */
    sealed interface ScanOutcome {

        /**
         * Some records, neighbours on the ring; none only if it is the last.
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
