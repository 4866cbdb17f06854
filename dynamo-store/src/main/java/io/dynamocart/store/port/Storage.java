package io.dynamocart.store.port;

import io.dynamocart.store.ring.NodeId;
import java.util.List;

/** A node's own disk: the records that are its copies, the hints it keeps for others, and notes. */
public interface Storage extends Records {

    /** The records that this node keeps for another, apart from its own copies. */
    Records hintsFor(NodeId node);

    /** For which nodes there were hints when it was opened, ascending. */
    List<NodeId> hintedNodes();

    /** Keeps a small value that belongs to the node and to no key; replies as {@link #write} does. */
    void writeNote(String name, byte[] note, Reply<WriteOutcome> reply);

    /** The outcome of a read. */
    sealed interface ReadOutcome {

        /** @param record what is stored, {@link StoredRecord#nothing} where nothing is */
        record Found(StoredRecord record) implements ReadOutcome {}

        /** Something is stored, and it is not what was written. Never to be taken for "nothing". */
        record Damaged(String detail) implements ReadOutcome {}

        /** The disk did not answer. */
        record Failed(String detail) implements ReadOutcome {}
    }

    /** The outcome of a write. */
    sealed interface WriteOutcome {

        record Committed() implements WriteOutcome {}

        /** The write may be on disk or not, and the disk is {@link DiskState.Failed} from now on. */
        record Failed(String detail) implements WriteOutcome {}
    }
}
