package io.dynamocart.store.node;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.ForwardingRecords;
import io.dynamocart.store.port.ForwardingStorage;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.storage.MemoryStorage;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The disk of a {@link NodeScript}, that forgets, loses, rots or cannot be read when the test says so. */
final class ScriptedDisk extends ForwardingStorage {

    /** What it was asked to list. */
    final List<TokenRange> scans = new ArrayList<>();

    private final Set<Key> rotten = new TreeSet<>();
    private boolean remembers = true;
    private boolean hasLost;
    private boolean readable = true;
    private int pageSize = Integer.MAX_VALUE;
    private DiskState state = new DiskState.Fine();

    /** @param thread does what it is asked, when the test says so */
    ScriptedDisk(NodeThread thread) {
        super(new MemoryStorage(thread));
    }

    void forgetWhatIsInMemory() {
        remembers = false;
    }

    void lose() {
        hasLost = true;
        remembers = false;
    }

    void rot(Key key) {
        rotten.add(key);
        remembers = false;
    }

    void setReadable(boolean nowReadable) {
        readable = nowReadable;
        remembers &= nowReadable;
    }

    void fillUp() {
        state = new DiskState.Full("no room");
    }

    void makeRoom() {
        state = new DiskState.Fine();
    }

    @Override
    public DiskState state() {
        return state;
    }

    @Override
    public Records hintsFor(NodeId node) {
        return new ForwardingRecords(super.hintsFor(node)) {
            @Override
            public DiskState state() {
                return state;
            }
        };
    }

    /** Its pages hold no more than so many records. */
    void listAtMost(int records) {
        pageSize = records;
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return remembers ? super.recall(key) : null;
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        super.read(
                key,
                (then, outcome) -> reply.accept(
                        then, hasLost ? new ReadOutcome.Found(StoredRecord.nothing()) : shown(key, outcome)));
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        scans.add(range);
        super.scan(range, after, (then, outcome) -> reply.accept(then, shown(outcome)));
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        rotten.remove(key);
        super.write(key, record, reply);
    }

    private ScanOutcome shown(ScanOutcome outcome) {
        if (!readable) {
            return new ScanOutcome.Failed("i/o error");
        }
        return outcome instanceof ScanOutcome.Page page
                ? new ScanOutcome.Page(
                        page.items().stream()
                                .limit(pageSize)
                                .map(item -> new Item(item.key(), shown(item.key(), item.outcome())))
                                .toList(),
                        page.last() && page.items().size() <= pageSize)
                : outcome;
    }

    private ReadOutcome shown(Key key, ReadOutcome outcome) {
        if (!readable) {
            return new ReadOutcome.Failed("i/o error");
        }
        return rotten.contains(key) ? new ReadOutcome.Damaged("a bit has flipped") : outcome;
    }
}
