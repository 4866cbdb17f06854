package io.dynamocart.store.simulation;

import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A simulated disk in use by one process: writes wait for the next synced batch, as they do at the real one. */
final class OpenDisk implements Storage {

    /** A write in the queue; {@code key} and {@code record} are null for a note. */
    private record Queued(
            @Nullable Key key, @Nullable StoredRecord record, Runnable commit, Reply<WriteOutcome> reply) {}

    private final Simulation simulation;
    private final SimulatedDisk disk;
    private final SimulatedProcess process;
    private final Map<Key, StoredRecord> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private List<Queued> waiting = new ArrayList<>();
    private List<Queued> syncing = new ArrayList<>();

    OpenDisk(Simulation simulation, SimulatedDisk disk, SimulatedProcess process) {
        this.simulation = simulation;
        this.disk = disk;
        this.process = process;
    }

    @Override
    public @Nullable StoredRecord recall(Key key) {
        return remembered.get(key);
    }

    @Override
    public void read(Key key, Reply<ReadOutcome> reply) {
        simulation.after(
                disk.random().between(1_000, disk.faults().read()),
                () -> process.run(now -> {
                    ReadOutcome outcome = disk.peek(key);
                    if (outcome instanceof ReadOutcome.Found found) {
                        remember(key, found.record());
                    }
                    reply.accept(now, outcome);
                }));
    }

    @Override
    public void write(Key key, StoredRecord record, Reply<WriteOutcome> reply) {
        Runnable commit = () -> {
            disk.commit(key, record);
            remember(key, record);
        };
        enqueue(new Queued(key, record, commit, reply));
    }

    @Override
    public void writeNote(String name, byte[] note, Reply<WriteOutcome> reply) {
        enqueue(new Queued(null, null, () -> disk.commitNote(name, note), reply));
    }

    /** What was not synced is lost, or for each key some of it is not. */
    void crash(SeededRandom random) {
        Map<Key, List<StoredRecord>> unsynced = new TreeMap<>();
        for (List<Queued> batch : List.of(syncing, waiting)) {
            for (Queued queued : batch) {
                if (queued.key != null && queued.record != null) {
                    unsynced.computeIfAbsent(queued.key, key -> new ArrayList<>())
                            .add(queued.record);
                }
            }
        }
        unsynced.forEach((key, writes) -> {
            int kept = random.nextInt(writes.size() + 1);
            if (kept > 0) {
                disk.commit(key, writes.get(kept - 1));
            }
        });
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
                disk.random().between(1_000, disk.faults().sync()),
                () -> process.run(now -> {
                    List<Queued> batch = syncing;
                    syncing = new ArrayList<>();
                    batch.forEach(queued -> queued.commit.run());
                    if (!waiting.isEmpty()) {
                        sync();
                    }
                    batch.forEach(queued -> queued.reply.accept(now, new WriteOutcome.Committed()));
                }));
    }

    private void remember(Key key, StoredRecord record) {
        remembered.put(key, record);
        while (remembered.size() > disk.faults().remembered()) {
            remembered.remove(remembered.keySet().iterator().next());
        }
    }
}
