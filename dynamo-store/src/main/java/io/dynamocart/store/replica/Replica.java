package io.dynamocart.store.replica;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One node's copy of the data. All changes of a key pass through here one after the other, each building on the one
 * before, and each is reported done only when it is on disk, or in the {@link ObjectBuffer} where who asks is content
 * with that. Not thread-safe.
 */
public final class Replica {

    /** How long a caller that does not say so waits for the disk. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String self;
    private final long start;
    private final Records storage;
    private final LongSupplier births;
    private final ReplicaLimits limits;
    private final Slots slots;
    private final ObjectBuffer buffer;
    private final Writes writes;

    /**
     * Opens the copy.
     *
     * @param start random number of this start of the node, see {@link Mint}
     * @param births source of random births of actors
     * @param onDamage told of every damaged record that is come upon
     */
    public Replica(
            NodeId self,
            long start,
            Records storage,
            LongSupplier births,
            ReplicaLimits limits,
            BiConsumer<Key, String> onDamage,
            CommitListener onCommit) {
        this.self = self.name();
        this.start = start;
        this.storage = storage;
        this.births = births;
        this.limits = limits;
        this.slots = new Slots(storage, limits.reads(), onDamage);
        this.buffer = new ObjectBuffer(limits.objectBuffer());
        this.writes = new Writes(storage, slots, limits.versions(), buffer, onCommit);
    }

    /** When a caller that does not say how long it waits will have ceased to, on the clock of {@link Moment#nanos}. */
    public static long inPatience(Moment now) {
        return now.nanos() + PATIENCE.toNanos();
    }

    /** Tells what is on disk under {@code key}, or ahead of the disk in its buffer. */
    public void get(Moment now, Key key, Reply<Copy> reply) {
        get(now, key, inPatience(now), reply);
    }

    /**
     * Tells what {@link #get(Moment, Key, Reply)} does, or that it is {@link Copy.Unreadable} if the disk does not get
     * to it in time.
     *
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    public void get(Moment now, Key key, long until, Reply<Copy> reply) {
        Slot known = slots.find(key);
        if (known == null) {
            StoredRecord record = storage.recall(key);
            if (record != null) {
                reply.accept(now, new Copy.Held(record.versions()));
                return;
            }
        }
        Slot slot = known == null ? slots.opened(key) : known;
        slots.whenLoaded(now, key, slot, until, then -> reply.accept(then, slot.copy()));
    }

    /**
     * Looks at the disk itself, also where the record is at hand in memory: for who seeks what the disk has let rot.
     * What memory still has and the disk no longer, is written again. Not where something of the key is under way: then
     * the disk was asked just now, or will be.
     */
    public void inspect(Moment now, Key key, Reply<Copy> reply) {
        StoredRecord remembered = storage.recall(key);
        Slot known = slots.find(key);
        Slot slot = known == null ? slots.opened(key) : known;
        if (remembered == null || known != null) {
            slots.whenLoaded(now, key, slot, inPatience(now), then -> reply.accept(then, slot.onDisk()));
            return;
        }
        // Before anybody else who comes to wait for this key
        slots.whenLoaded(now, key, slot, inPatience(now), then -> {
            if (isLost(slot.outcome(), remembered)) {
                writes.write(key, slot, remembered);
            }
            Written done = new Written.Durable(null, remembered.versions());
            slot.whenCommitted(then, (later, _) -> reply.accept(later, slot.onDisk()), done);
        });
    }

    private boolean isLost(ReadOutcome outcome, StoredRecord remembered) {
        return refusal() == null
                && !(outcome instanceof ReadOutcome.Failed)
                && !outcome.equals(new ReadOutcome.Found(remembered));
    }

    /**
     * Tells what is on disk under {@code key}, as far as it was not let rot, and will be until somebody writes again.
     * Nothing where a write is under way, or the disk cannot tell.
     */
    public void settled(Moment now, Key key, Reply<Optional<Versions>> reply) {
        Slot slot = slots.of(now, key);
        slots.whenLoaded(now, key, slot, inPatience(now), then -> reply.accept(then, certain(slot)));
    }

    private Optional<Versions> certain(Slot slot) {
        boolean isSettled = !writes.hasFailed() && !slot.isWriting();
        return isSettled && slot.onDisk() instanceof Copy.Held held ? Optional.of(held.versions()) : Optional.empty();
    }

    /** Tells the keys that have a write under way, and what is certainly on disk of each. */
    public void eachUnsettled(BiConsumer<Key, Versions> action) {
        slots.forEach((key, slot) -> {
            if (slot.isWriting()) {
                action.accept(key, slot.committed());
            }
        });
    }

    /**
     * Why nobody can tell what will be here under {@code key}: something is on its way to a disk that takes no writes,
     * and may get there tomorrow. Null where that is not so.
     */
    public @Nullable String standstill(Key key) {
        Slot slot = slots.find(key);
        return slot != null && slot.isWriting() ? refusal() : null;
    }

    /** Whether readers see anything that is not on disk yet. */
    public boolean isAhead() {
        return !buffer.isEmpty();
    }

    /** Whether readers see something of the key that is not on disk yet. */
    public boolean isAhead(Key key) {
        Slot slot = slots.find(key);
        return slot != null && slot.writesAhead() > 0;
    }

    /** Runs the action once all that readers see now is on disk, or has failed to get there. */
    public void whenWritten(Moment now, Consumer<Moment> action) {
        buffer.whenWritten(now, action);
    }

    /** Merges versions from elsewhere into the copy, and replies when that is on disk. */
    public void merge(Moment now, Key key, Versions incoming, Reply<Written> reply) {
        merge(now, key, incoming, Durability.ON_DISK, reply);
    }

    /** Merges versions from elsewhere into the copy. */
    public void merge(Moment now, Key key, Versions incoming, Durability durability, Reply<Written> reply) {
        change(
                now,
                key,
                inPatience(now),
                record -> new StoredRecord(
                        limits.reconciliation().apply(record.versions().merge(incoming)), record.mint()),
                durability,
                reply);
    }

    /** Writes a new version under a dot of this node's own, and replies when it is on disk. */
    public void coordinate(Moment now, Key key, Clock seen, @Nullable Value value, long until, Reply<Written> reply) {
        coordinate(now, key, seen, value, until, Durability.ON_DISK, reply);
    }

    /**
     * Writes a new version under a dot of this node's own, and replies when it is as durable as asked.
     *
     * @param seen what the new version replaces
     * @param value null for a tombstone
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    public void coordinate(
            Moment now,
            Key key,
            Clock seen,
            @Nullable Value value,
            long until,
            Durability durability,
            Reply<Written> reply) {
        change(
                now,
                key,
                until,
                record -> {
                    Clock known = seen.join(record.versions().clock());
                    Mint mint = Mint.next(record.mint(), self, start, known, births);
                    Clock past = limits.reconciliation().replaced(seen);
                    Versions versions =
                            record.versions().write(mint.dot(), past, now.wall(), value, limits.truncation());
                    return new StoredRecord(limits.reconciliation().apply(versions), mint);
                },
                durability,
                reply);
    }

    /**
     * Removes what is stored, the record of issued dots with it, if it is these versions and nothing else. Replies what
     * is stored after that.
     */
    public void forget(Moment now, Key key, Versions known, Reply<Written> reply) {
        change(
                now,
                key,
                inPatience(now),
                record -> record.versions().equals(known) ? StoredRecord.nothing() : record,
                Durability.ON_DISK,
                reply);
    }

    /**
     * Removes what is stored like {@link #forget(Moment, Key, Versions, Reply)}, if it is versions with this digest.
     */
    public void forget(Moment now, Key key, Digest known, Reply<Written> reply) {
        change(
                now,
                key,
                inPatience(now),
                record -> Digest.of(key, record.versions()).equals(known) ? StoredRecord.nothing() : record,
                Durability.ON_DISK,
                reply);
    }

    /**
     * Whether a key would have to wait for a disk that has been asked to read more than it can.
     *
     * @param tolerance nanoseconds for which it may have been
     */
    public boolean isBehind(Moment now, Key key, long tolerance) {
        return slots.behind(now) > tolerance && storage.recall(key) == null;
    }

    /** Why it takes no writes at present, null as long as it does. */
    public @Nullable String refusal() {
        return writes.refusal();
    }

    private void change(
            Moment now,
            Key key,
            long until,
            UnaryOperator<StoredRecord> change,
            Durability durability,
            Reply<Written> reply) {
        Slot slot = slots.of(now, key);
        slots.whenLoaded(now, key, slot, until, then -> writes.change(then, key, slot, change, durability, reply));
    }
}
