package io.dynamocart.store.simulation;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A simulated disk in use by one process: writes wait for the next synced batch, as they do at the real one. */
final class OpenDisk implements Storage {

    /** A write in the queue; {@code area} and {@code key} are null for a note. */
    private record Queued(@Nullable OpenArea area, @Nullable Key key, Runnable commit, Reply<WriteOutcome> reply) {}

    private final Simulation simulation;
    private final SimulatedDisk disk;
    private final SimulatedProcess process;
    private final OpenArea copies;
    private final Map<NodeId, OpenArea> hints = new TreeMap<>();
    private List<Queued> waiting = new ArrayList<>();
    private List<Queued> syncing = new ArrayList<>();
    private final Deque<Runnable> lookups = new ArrayDeque<>();
    private int looking;
    private boolean failed;

    OpenDisk(Simulation simulation, SimulatedDisk disk, SimulatedProcess process) {
        this.simulation = simulation;
        this.disk = disk;
        this.process = process;
        this.copies = new OpenArea(disk.copies());
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return copies.recall(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        copies.read(key, reply);
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        copies.write(key, record, reply);
    }

    @Override
    public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
        copies.scan(range, after, reply);
    }

    @Override
    public Records hintsFor(NodeId node) {
        return hints.computeIfAbsent(node, unknown -> new OpenArea(disk.hintsFor(unknown)));
    }

    @Override
    public List<NodeId> hintedNodes() {
        return disk.hintedNodes();
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        enqueue(new Queued(null, null, () -> disk.commitNote(name, note), reply));
    }

    @Override
    public DiskState state() {
        if (failed) {
            return new DiskState.Failed("a sync failed");
        }
        return disk.isFull() ? new DiskState.Full("no room") : new DiskState.Fine();
    }

    boolean hasFailed() {
        return failed;
    }

    /** What was not synced is lost. */
    void crash(SeededRandom random) {
        if (!failed) {
            leaveSome(Stream.concat(syncing.stream(), waiting.stream()).toList(), random);
        }
    }

    /** For each key some of it is on the disk all the same, the first of it. */
    private static void leaveSome(List<Queued> writes, SeededRandom random) {
        Map<OpenArea, Map<Key, List<Runnable>>> unsynced = new LinkedHashMap<>();
        for (Queued queued : writes) {
            if (queued.area != null && queued.key != null) {
                unsynced.computeIfAbsent(queued.area, _ -> new TreeMap<>())
                        .computeIfAbsent(queued.key, _ -> new ArrayList<>())
                        .add(queued.commit);
            }
        }
        unsynced.values()
                .forEach(keys -> keys.values().forEach(ofOneKey -> {
                    int kept = random.nextInt(ofOneKey.size() + 1);
                    if (kept > 0) {
                        ofOneKey.get(kept - 1).run();
                    }
                }));
    }

    private void enqueue(Queued queued) {
        waiting.add(queued);
        if (syncing.isEmpty()) {
            sync();
        }
    }

    private void sync() {
        syncing = waiting;
        waiting = new ArrayList<>();
        simulation.after(
                disk.syncTime(),
                () -> process.run(now -> {
                    List<Queued> batch = syncing;
                    syncing = new ArrayList<>();
                    WriteOutcome outcome = commit(batch);
                    if (!waiting.isEmpty()) {
                        sync();
                    }
                    batch.forEach(queued -> queued.reply.accept(now, outcome));
                }));
    }

    /** After a failed sync nothing is written any more, as at the real one. */
    private WriteOutcome commit(List<Queued> batch) {
        if (failed) {
            return new WriteOutcome.Failed("a sync failed");
        }
        failed = disk.failsNow();
        if (failed) {
            leaveSome(batch, disk.random());
            return new WriteOutcome.Failed("the sync failed");
        }
        batch.forEach(queued -> queued.commit.run());
        return new WriteOutcome.Committed();
    }

    /** Reads that it was asked for and has not done. */
    int reads() {
        return lookups.size() + looking;
    }

    private void lookUp() {
        while (!lookups.isEmpty() && looking < disk.faults().atOnce()) {
            Runnable found = lookups.remove();
            looking++;
            simulation.after(disk.random().between(1_000, disk.faults().read()), () -> {
                looking--;
                found.run();
                lookUp();
            });
        }
    }

    /** One area in use, with the records that the process has in memory. */
    private final class OpenArea implements Records {

        private static final int PAGE = 3;

        private final DiskArea area;
        private final Map<Key, StoredRecord> remembered = new LinkedHashMap<>(16, 0.75f, true);

        OpenArea(DiskArea area) {
            this.area = area;
        }

        @Override
        public @Nullable StoredRecord recall(Key key) {
            return remembered.get(key);
        }

        @Override
        public void read(Key key, Reply<ReadOutcome> reply) {
            afterLooking(
                    () -> disk.canRead(key) ? area.peek(key) : new ReadOutcome.Failed("i/o error"), (now, outcome) -> {
                        if (outcome instanceof ReadOutcome.Found found) {
                            remember(key, found.record());
                        }
                        reply.accept(now, outcome);
                    });
        }

        @Override
        public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
            Runnable commit = () -> {
                disk.commit(area, key, record);
                remember(key, record);
            };
            enqueue(new Queued(this, key, commit, reply));
        }

        @Override
        public void scan(TokenRange range, @Nullable Key after, Reply<ScanOutcome> reply) {
            afterLooking(
                    () -> {
                        List<Item> items = area.list(range, after, PAGE);
                        return items.stream().map(Item::key).allMatch(disk::canRead)
                                ? new ScanOutcome.Page(items, items.size() < PAGE)
                                : new ScanOutcome.Failed("i/o error");
                    },
                    reply);
        }

        private <T> void afterLooking(Supplier<? extends T> look, Reply<T> reply) {
            lookups.add(() -> process.run(now -> reply.accept(now, look.get())));
            lookUp();
        }

        private void remember(Key key, StoredRecord record) {
            remembered.put(key, record);
            while (remembered.size() > disk.faults().remembered()) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
    }
}
