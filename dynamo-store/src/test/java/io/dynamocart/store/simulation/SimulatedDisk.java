package io.dynamocart.store.simulation;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.storage.RecordCodec;
import io.dynamocart.store.version.Key;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a simulated node, as bytes in their real form. A crash loses what was not synced, or keeps some of it;
 * operators and bad luck wipe it, put an older copy back, lose single keys and flip bits.
 */
public final class SimulatedDisk {

    private final Simulation simulation;
    private final SeededRandom random;
    private final NodeId owner;
    private final Observer observer;
    private final Map<Key, byte[]> records = new TreeMap<>();
    private final Map<String, byte[]> notes = new TreeMap<>();
    private Map<Key, byte[]> backup = new TreeMap<>();
    private DiskFaults faults = DiskFaults.none();
    private @Nullable OpenDisk open;

    SimulatedDisk(Simulation simulation, NodeId owner, Observer observer) {
        this.simulation = simulation;
        this.owner = owner;
        this.observer = observer;
        this.random = simulation.random("disk of " + owner);
    }

    void setFaults(DiskFaults faults) {
        this.faults = faults;
    }

    DiskFaults faults() {
        return faults;
    }

    /** The disk as one process uses it. */
    Storage open(SimulatedProcess process) {
        open = new OpenDisk(simulation, this, process);
        return open;
    }

    void crash() {
        if (open != null) {
            open.crash(random);
            open = null;
        }
    }

    /** The membership history that is on it. */
    MembershipHistory membership() {
        byte[] note = notes.get(DynamoNode.MEMBERSHIP_NOTE);
        return note == null ? MembershipHistory.empty() : MembershipHistory.readFrom(new ByteReader(note));
    }

    /** Loses everything. Only while no process runs. */
    public void wipe() {
        strike("wiped disks", "wipe");
        records.clear();
        notes.clear();
    }

    /** Remembers what is on the disk, for {@link #rollBack}. */
    public void backUp() {
        backup = new TreeMap<>(records);
    }

    /** Puts the last backup back. Only while no process runs. */
    public void rollBack() {
        strike("rolled-back disks", "roll back");
        records.clear();
        records.putAll(backup);
    }

    /** Loses one key. Only while no process runs. */
    public void lose(Key key) {
        strike("lost keys", "lose " + key + " at");
        records.remove(key);
    }

    /** Changes a bit of one record. Only while no process runs. */
    public void flipBit(Key key) {
        byte[] record = records.get(key);
        if (record != null) {
            strike("flipped bits", "flip a bit of " + key + " at");
            byte[] changed = record.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            records.put(key, changed);
        }
    }

    public List<Key> keys() {
        return List.copyOf(records.keySet());
    }

    /** What is on the disk now, without any delay. */
    public ReadOutcome peek(Key key) {
        byte[] bytes = records.get(key);
        if (bytes == null) {
            return new ReadOutcome.Found(StoredRecord.nothing());
        }
        try {
            return new ReadOutcome.Found(RecordCodec.decode(key, bytes));
        } catch (MalformedBytesException e) {
            return new ReadOutcome.Damaged(String.valueOf(e.getMessage()));
        }
    }

    void commit(Key key, StoredRecord record) {
        records.put(key, RecordCodec.encode(key, record));
        observer.onCommit(owner, key, record);
    }

    void commitNote(String name, byte[] note) {
        notes.put(name, note);
    }

    SeededRandom random() {
        return random;
    }

    private void strike(String counted, String logged) {
        if (open != null) {
            throw new IllegalStateException("a process of " + owner + " runs");
        }
        simulation.log(logged + " " + owner);
        observer.count(counted);
    }
}
