package io.dynamocart.store.port;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A disk that passes everything on to another, for those that do something else now and then. Threads are as of that one. */
public class ForwardingStorage implements Storage {

    /** Where everything goes. */
    protected final Storage disk;

    protected ForwardingStorage(Storage disk) {
        this.disk = disk;
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return disk.recall(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        disk.read(key, reply);
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        disk.write(key, record, reply);
    }

    @Override
    public DiskState state() {
        return disk.state();
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        disk.scan(range, after, reply);
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
