package io.dynamocart.store.simulation;

import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.node.SavedState;
import io.dynamocart.store.port.Storage;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    private DiskArea copies = new DiskArea();
    private Map<NodeId, DiskArea> hints = new TreeMap<>();
    private final Map<String, byte[]> notes = new TreeMap<>();
    private DiskArea copiesBackup = new DiskArea();
    private Map<NodeId, DiskArea> hintsBackup = new TreeMap<>();
    private long backedUpAt;
    private DiskFaults faults = DiskFaults.none();
    private long standsUntil;
    private final Set<Key> unreadable = new TreeSet<>();
    private boolean full;
    private boolean failing;
    private @Nullable OpenDisk open;
    private @Nullable SavedState found;

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

    /** Ends all trouble. A process that has seen a sync fail has to be started anew all the same. */
    void heal() {
        faults = DiskFaults.none();
        standsUntil = 0;
        full = false;
        failing = false;
        makeReadable();
    }

    /** No sync that is begun from now on ends before this time is over. */
    public void standStill(Duration time) {
        standsUntil = simulation.now() + time.toNanos();
    }

    /** Nanoseconds that a sync takes which begins now. */
    long syncTime() {
        return Math.max(0, standsUntil - simulation.now()) + random.between(1_000, faults.sync());
    }

    void setFull(boolean full) {
        this.full = full;
    }

    boolean isFull() {
        return full;
    }

    /** It can no longer read where the records of this key are. */
    public void makeUnreadable(Key key) {
        tell("unreadable keys", "make " + key + " unreadable at");
        unreadable.add(key);
    }

    /** It can read everything again. */
    void makeReadable() {
        unreadable.clear();
    }

    boolean canRead(Key key) {
        return !unreadable.contains(key);
    }

    void failNextSync() {
        failing = true;
    }

    /** Whether the sync that ends now fails. */
    boolean failsNow() {
        boolean fails = failing;
        failing = false;
        if (fails) {
            tell("failed syncs", "a sync fails at");
        }
        return fails;
    }

    /** Reads that its process has asked for and not got yet. */
    int reads() {
        return open == null ? 0 : open.reads();
    }

    /** Whether a sync has failed since the process was started. */
    boolean hasFailed() {
        return open != null && open.hasFailed();
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
    public MembershipHistory membership() {
        return found().history();
    }

    /** What a node that is started on it finds of itself and its cluster. */
    SavedState found() {
        SavedState known = found;
        if (known == null) {
            known = SavedState.read(notes::get);
            found = known;
        }
        return known;
    }

    /** Loses everything. Only while no process runs. */
    public void wipe() {
        strike("wiped disks", "wipe");
        copies = new DiskArea();
        hints = new TreeMap<>();
        notes.clear();
        unreadable.clear();
        found = null;
    }

    /** Remembers what is on the disk, for {@link #rollBack}. */
    public void backUp() {
        backedUpAt = simulation.now();
        copiesBackup = new DiskArea(copies);
        hintsBackup = copyOf(hints);
    }

    /** How old the last backup is. */
    Duration ageOfBackup() {
        return Duration.ofNanos(simulation.now() - backedUpAt);
    }

    /** Puts the last backup back. Only while no process runs. */
    public void rollBack() {
        strike("rolled-back disks", "roll back");
        copies = new DiskArea(copiesBackup);
        hints = copyOf(hintsBackup);
    }

    /** Loses its copy of one key, unnoticed by a process that runs. */
    public void lose(Key key) {
        tell("lost keys", "lose " + key + " at");
        copies.remove(key);
    }

    /** Changes a bit of its copy of a key, unnoticed by a process that runs. */
    public void flipBit(Key key) {
        if (copies.holds(key)) {
            tell("flipped bits", "flip a bit of " + key + " at");
            copies.flipBit(key, random);
        }
    }

    /** The keys of which it has a copy. */
    public List<Key> keys() {
        return copies.keys();
    }

    /** The keys that are kept for others. */
    public List<Key> hintedKeys() {
        return hints.values().stream()
                .flatMap(area -> area.keys().stream())
                .distinct()
                .toList();
    }

    /** Its copy of a key as it is on the disk now, without any delay. */
    public ReadOutcome peek(Key key) {
        return copies.peek(key);
    }

    /** Whether a copy or a hint on it has this version, or one that replaces it. */
    public boolean holds(Key key, Dot dot) {
        return Stream.concat(Stream.of(copies), hints.values().stream())
                .anyMatch(area -> area.peek(key) instanceof ReadOutcome.Found found
                        && found.record().versions().clock().contains(dot));
    }

    DiskArea copies() {
        return copies;
    }

    DiskArea hintsFor(NodeId target) {
        return hints.computeIfAbsent(target, _ -> new DiskArea());
    }

    /** For which nodes hints are on it. */
    List<NodeId> hintedNodes() {
        return hints.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    void commit(DiskArea area, Key key, StoredRecord record) {
        area.commit(key, record);
        observer.onCommit(owner, key, record);
    }

    void commitNote(String name, byte[] note) {
        notes.put(name, note);
        found = null;
    }

    SeededRandom random() {
        return random;
    }

    private void strike(String counted, String logged) {
        if (open != null) {
            throw new IllegalStateException("a process of " + owner + " runs");
        }
        tell(counted, logged);
    }

    private void tell(String counted, String logged) {
        simulation.log(logged + " " + owner);
        observer.count(counted);
    }

    private static Map<NodeId, DiskArea> copyOf(Map<NodeId, DiskArea> areas) {
        Map<NodeId, DiskArea> copy = new TreeMap<>();
        areas.forEach((target, area) -> copy.put(target, new DiskArea(area)));
        return copy;
    }
}
