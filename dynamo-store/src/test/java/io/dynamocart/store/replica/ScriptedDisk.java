package io.dynamocart.store.replica;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Records.Item;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A disk that replies when the test says so, and as it says: reads and writes in the order in which they were asked. */
final class ScriptedDisk implements Records {

    static final Moment NOW = new Moment(0, Instant.parse("2026-11-21T10:00:00Z"));

    private record PendingRead(Key key, Reply<ReadOutcome> reply) {}

    private record PendingWrite(Key key, StoredRecord record, Reply<WriteOutcome> reply) {}

    private static final Comparator<Key> BY_TOKEN =
            Comparator.comparing(Token::of).thenComparing(Comparator.naturalOrder());

    private record PendingScan(@Nullable Key after, Reply<ScanOutcome> reply) {}

    private final Deque<PendingScan> scans = new ArrayDeque<>();
    private DiskState state = new DiskState.Fine();
    private int recalls;
    private final Map<Key, StoredRecord> records = new TreeMap<>();
    private final Set<Key> atHand = new TreeSet<>();
    private final Deque<PendingRead> reads = new ArrayDeque<>();
    private final Deque<PendingWrite> writes = new ArrayDeque<>();

    @Override
    public @Nullable StoredRecord recall(Key key) {
        recalls++;
        return atHand.contains(key) ? stored(key) : null;
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        reads.add(new PendingRead(key, reply));
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        writes.add(new PendingWrite(key, record, reply));
    }

    @Override
    public DiskState state() {
        return state;
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        scans.add(new PendingScan(after, reply));
    }

    /** Lists what follows the position of the oldest scan, and replies when the test says so. */
    Runnable lists(int most) {
        PendingScan scan = scans.remove();
        List<Item> rest = records.entrySet().stream()
                .map(entry -> new Item(entry.getKey(), new ReadOutcome.Found(entry.getValue())))
                .sorted(Comparator.comparing(Item::key, BY_TOKEN))
                .filter(item -> scan.after == null || BY_TOKEN.compare(item.key(), scan.after) > 0)
                .toList();
        List<Item> page = rest.subList(0, Math.min(most, rest.size()));
        return () -> scan.reply.accept(NOW, new ScanOutcome.Page(page, page.size() == rest.size()));
    }

    /** What is on it under the key. */
    StoredRecord stored(Key key) {
        return records.getOrDefault(key, StoredRecord.nothing());
    }

    /** Has the record in memory from now on, as it is on the disk. */
    void remember(Key key) {
        atHand.add(key);
    }

    void forget(Key key) {
        atHand.remove(key);
    }

    /** How often memory was asked for a record. */
    int recalls() {
        return recalls;
    }

    int pendingReads() {
        return reads.size();
    }

    int pendingWrites() {
        return writes.size();
    }

    /** Replies to the oldest read with what is stored. */
    void findsIt() {
        PendingRead read = reads.remove();
        read.reply.accept(NOW, new ReadOutcome.Found(stored(read.key)));
    }

    void findsDamage() {
        reads.remove().reply.accept(NOW, new ReadOutcome.Damaged("checksum"));
    }

    void cannotRead() {
        reads.remove().reply.accept(NOW, new ReadOutcome.Failed("i/o error"));
    }

    void fillsUp() {
        state = new DiskState.Full("no room");
    }

    void hasRoomAgain() {
        state = new DiskState.Fine();
    }

    /** Commits the oldest write. */
    void commits() {
        syncs().run();
    }

    /** Commits the oldest write, and replies when the test says so. */
    Runnable syncs() {
        PendingWrite write = writes.remove();
        records.put(write.key, write.record);
        return () -> write.reply.accept(NOW, new WriteOutcome.Committed());
    }

    /** Loses its record of the key. */
    void loses(Key key) {
        records.remove(key);
    }

    List<Key> keys() {
        return List.copyOf(records.keySet());
    }

    void cannotWrite() {
        writes.remove().reply.accept(NOW, new WriteOutcome.Failed("no space left"));
    }

    /** Commits some of what is queued, oldest first, replies to nobody, and forgets the rest. */
    void crashAfter(int commits) {
        for (int i = 0; i < commits && !writes.isEmpty(); i++) {
            PendingWrite write = writes.remove();
            records.put(write.key, write.record);
        }
        writes.clear();
        reads.clear();
    }
}
