package io.dynamocart.store.port;

import io.dynamocart.store.ring.NodeId;
import java.util.List;

/**
 * A disk that passes everything on to another, for those that do something else now and then. Threads are as of that
 * one.
 */
public class ForwardingStorage extends ForwardingRecords implements Storage {

    /** Where everything goes. */
    protected final Storage disk;

    protected ForwardingStorage(Storage disk) {
        super(disk);
        this.disk = disk;
    }

    @Override
    public Records hintsFor(NodeId node) {
        return disk.hintsFor(node);
    }

    @Override
    public List<NodeId> hintedNodes() {
        return disk.hintedNodes();
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        disk.writeNote(name, note, reply);
    }
}
