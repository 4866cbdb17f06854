package io.dynamocart.store.port;

import io.dynamocart.store.version.Key;
import org.jspecify.annotations.Nullable;

/**
 * A node's own disk.
 *
 * <p>The contract is weak. Replies come on the node's thread, at any later time, or never if the node stops before.
 * Writes of one key are committed, and replied to, in the order in which they were asked for; nothing is promised
 * between keys. After a crash, a write that was not replied to may be there or not, each key for itself. The caller
 * never has a read and a write of one key under way at once.
 */
public interface Storage {

    /** The record if it is at hand in memory, without waiting; null where only {@link #read} can tell. */
    @Nullable
    StoredRecord recall(Key key);

    void read(Key key, Reply<ReadOutcome> reply);

    /** Replies {@link WriteOutcome.Committed} once the record survives a crash of the whole machine. */
    void write(Key key, StoredRecord record, Reply<WriteOutcome> reply);

    /** Keeps a small value that belongs to the node and to no key; replies as {@link #write} does. */
    void writeNote(String name, byte[] note, Reply<WriteOutcome> reply);

    /** What came of a read. */
    sealed interface ReadOutcome {

        /** @param record what is stored, {@link StoredRecord#nothing} where the key was never written */
        record Found(StoredRecord record) implements ReadOutcome {}

        /** Something is stored, and it is not what was written. Never to be taken for "nothing". */
        record Damaged(String detail) implements ReadOutcome {}

        /** The disk did not answer. */
        record Failed(String detail) implements ReadOutcome {}
    }

    /** What came of a write. */
    sealed interface WriteOutcome {

        record Committed() implements WriteOutcome {}

        /**
         * The write may be on disk or not. Nothing can be written any more until the node is started anew, since after
         * a failed sync nobody knows what the disk holds (PAPER.md D23).
         */
        record Failed(String detail) implements WriteOutcome {}
    }
}
