package io.dynamocart.store.replica;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Reply;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.Storage.WriteOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Mint;
import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One node's copy of the data. All changes of a key pass through here one after the other, each building on the one
 * before, and each is reported done only when it is on disk. Not thread-safe.
 */
public final class Replica {

    /** How long whoever does not say so waits for the disk. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String self;
    private final long start;
    private final Records storage;
    private final LongSupplier births;
    private final Limits limits;
    private final BiConsumer<Key, String> onDamage;
    private final CommitListener onCommit;
    private final Map<Key, Slot> slots = new HashMap<>();
    private final ReadQueue reads;
    private @Nullable String diskFailure;

    /**
     * What a store allows of one key, and of its disk.
     *
     * @param versions siblings that a put may leave behind; merging what others wrote may exceed it
     * @param truncation what the past of a new version keeps
     * @param reconciliation what stays of versions that did not see each other
     * @param reads how many reads the disk is asked for, and how many wait
     */
    public record Limits(int versions, Truncation truncation, Reconciliation reconciliation, ReadLimits reads) {

        /** The same with other limits for reading. */
        public Limits with(ReadLimits newReads) {
            return new Limits(versions, truncation, reconciliation, newReads);
        }

        /** Limits of a store on any disk. */
        public Limits(int versions, Truncation truncation, Reconciliation reconciliation) {
            this(versions, truncation, reconciliation, ReadLimits.standard());
        }

        /** Limits of a store whose application merges. */
        public Limits(int versions, Truncation truncation) {
            this(versions, truncation, Reconciliation.APPLICATION);
        }

        public Limits {
            if (versions < 1) {
                throw new IllegalArgumentException("a key may have at least 1 version, not %d".formatted(versions));
            }
        }
    }

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
            Limits limits,
            BiConsumer<Key, String> onDamage,
            CommitListener onCommit) {
        this.self = self.name();
        this.start = start;
        this.storage = storage;
        this.births = births;
        this.limits = limits;
        this.onDamage = onDamage;
        this.onCommit = onCommit;
        this.reads = new ReadQueue(storage, limits.reads(), this::onRead);
    }

    /** Tells what is on disk under {@code key}. */
    public void get(Moment now, Key key, Reply<Copy> reply) {
        get(now, key, inPatience(now), reply);
    }

    /**
     * As {@link #get(Moment, Key, Reply)}, or that it is {@link Copy.Unreadable} if the disk does not get to it in time.
     *
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    public void get(Moment now, Key key, long until, Reply<Copy> reply) {
        Slot known = slots.get(key);
        if (known == null) {
            StoredRecord record = storage.recall(key);
            if (record != null) {
                reply.accept(now, new Copy.Held(record.versions()));
                return;
            }
        }
        Slot slot = known == null ? newSlot(key) : known;
        whenLoaded(now, key, slot, until, then -> {
            reply.accept(then, copyOf(slot));
            closeIfIdle(key, slot);
        });
    }

    /**
     * Looks at the disk itself, also where the record is at hand in memory: for who seeks what the disk has let rot.
     * What memory still has and the disk no longer, is written again.
     */
    public void inspect(Moment now, Key key, Reply<Copy> reply) {
        StoredRecord remembered = storage.recall(key);
        if (remembered == null || slots.containsKey(key)) {
            get(now, key, reply);
            return;
        }
        Slot slot = newSlot(key);
        // Before anybody else who comes to wait for this key
        whenLoaded(now, key, slot, inPatience(now), then -> {
            if (isLost(slot.outcome(), remembered)) {
                write(key, slot, remembered);
            }
            Written done = new Written.Durable(null, remembered.versions());
            slot.whenCommitted(then, (later, _) -> reply.accept(later, copyOf(slot)), done);
        });
    }

    private boolean isLost(ReadOutcome outcome, StoredRecord remembered) {
        return refusal() == null
                && !(outcome instanceof ReadOutcome.Failed)
                && !outcome.equals(new ReadOutcome.Found(remembered));
    }

    /**
     * Tells what is on disk under {@code key}, and will be until somebody writes again. Nothing where a write is under
     * way, or the disk cannot tell.
     */
    public void settled(Moment now, Key key, Reply<Optional<Versions>> reply) {
        Slot slot = slotOf(now, key);
        whenLoaded(now, key, slot, inPatience(now), then -> {
            boolean certain = diskFailure == null && !slot.isWriting();
            reply.accept(
                    then,
                    certain && copyOf(slot) instanceof Copy.Held held
                            ? Optional.of(held.versions())
                            : Optional.empty());
            closeIfIdle(key, slot);
        });
    }

    /** Tells the keys that have a write under way, and what is certainly on disk of each. */
    public void eachUnsettled(BiConsumer<Key, Versions> action) {
        slots.forEach((key, slot) -> {
            if (slot.isWriting()) {
                action.accept(key, slot.committed());
            }
        });
    }

    /** Merges versions from elsewhere into the copy. */
    public void merge(Moment now, Key key, Versions incoming, Reply<Written> reply) {
        change(
                now,
                key,
                inPatience(now),
                record -> new StoredRecord(
                        limits.reconciliation().apply(record.versions().merge(incoming)), record.mint()),
                reply);
    }

    /**
     * Writes a new version under a dot of this node's own.
     *
     * @param seen what the new version replaces
     * @param value null for a tombstone
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    public void coordinate(Moment now, Key key, Clock seen, @Nullable Value value, long until, Reply<Written> reply) {
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
                reply);
    }

    /** As {@link #forget(Moment, Key, Versions, Reply)}, of versions that are known by their digest. */
    public void forget(Moment now, Key key, Digest known, Reply<Written> reply) {
        change(
                now,
                key,
                inPatience(now),
                record -> Digest.of(key, record.versions()).equals(known) ? StoredRecord.nothing() : record,
                reply);
    }

    /**
     * Whether a key would have to wait for a disk that has been asked to read more than it can.
     *
     * @param tolerance nanoseconds for which it may have been
     */
    public boolean isBehind(Moment now, Key key, long tolerance) {
        return reads.behind(now) > tolerance && storage.recall(key) == null;
    }

    /** Why it takes no writes at present, null as long as it does. */
    public @Nullable String refusal() {
        if (diskFailure != null) {
            return diskFailure;
        }
        return switch (storage.state()) {
            case DiskState.Fine() -> null;
            case DiskState.Full(String detail) -> detail;
            case DiskState.Failed(String detail) -> detail;
        };
    }

    private void change(Moment now, Key key, long until, UnaryOperator<StoredRecord> change, Reply<Written> reply) {
        Slot slot = slotOf(now, key);
        whenLoaded(now, key, slot, until, then -> {
            apply(then, key, slot, change, reply);
            closeIfIdle(key, slot);
        });
    }

    private void apply(Moment now, Key key, Slot slot, UnaryOperator<StoredRecord> change, Reply<Written> reply) {
        String refusal = refusal();
        if (refusal != null) {
            reply.accept(now, new Written.DiskFailed(refusal, true));
            return;
        }
        if (slot.outcome() instanceof ReadOutcome.Failed failed) {
            reply.accept(now, new Written.DiskFailed(failed.detail(), true));
            return;
        }
        StoredRecord before = slot.newest();
        StoredRecord after = change.apply(before);
        Mint minted = after.mint();
        Dot issued = minted == null || minted.equals(before.mint()) ? null : minted.dot();
        if (issued != null && after.versions().list().size() > limits.versions()) {
            reply.accept(now, new Written.TooManyVersions(limits.versions()));
            return;
        }
        Written done = new Written.Durable(issued, after.versions());
        if (!slot.isNewest(after)) {
            write(key, slot, after);
        }
        slot.whenCommitted(now, reply, done);
    }

    private void write(Key key, Slot slot, StoredRecord record) {
        slot.queue(record);
        storage.write(key, record, (now, outcome) -> onWritten(now, key, slot, outcome));
    }

    private void onWritten(Moment now, Key key, Slot slot, WriteOutcome outcome) {
        switch (outcome) {
            case WriteOutcome.Committed() -> {
                onCommit.onCommitted(key, slot.committed(), slot.committing().versions());
                slot.commit(now);
            }
            case WriteOutcome.Failed(String detail) -> {
                diskFailure = detail;
                slot.fail(now, detail);
            }
        }
        closeIfIdle(key, slot);
    }

    /** When whoever does not say how long it waits will have ceased to, on the clock of {@link Moment#nanos}. */
    public static long inPatience(Moment now) {
        return now.nanos() + PATIENCE.toNanos();
    }

    private void whenLoaded(Moment now, Key key, Slot slot, long until, Consumer<Moment> action) {
        slot.whenLoaded(now, until, action);
        if (!slot.isLoaded()) {
            reads.add(now, key, slot);
        }
    }

    private Slot slotOf(Moment now, Key key) {
        Slot known = slots.get(key);
        if (known != null) {
            return known;
        }
        Slot slot = newSlot(key);
        StoredRecord record = storage.recall(key);
        if (record != null) {
            slot.load(now, new ReadOutcome.Found(record));
        }
        return slot;
    }

    private Slot newSlot(Key key) {
        Slot slot = new Slot();
        slots.put(key, slot);
        return slot;
    }

    private void onRead(Moment now, Key key, Slot slot, ReadOutcome outcome) {
        if (outcome instanceof ReadOutcome.Damaged damaged) {
            onDamage.accept(key, damaged.detail());
        }
        slot.load(now, outcome);
        closeIfIdle(key, slot);
    }

    private void closeIfIdle(Key key, Slot slot) {
        if (slot.isIdle()) {
            slots.remove(key, slot);
        }
    }

    private static Copy copyOf(Slot slot) {
        return switch (slot.outcome()) {
            case ReadOutcome.Found(StoredRecord record) -> new Copy.Held(record.versions());
            case ReadOutcome.Damaged(String detail) -> new Copy.Damaged(detail);
            case ReadOutcome.Failed(String detail) -> new Copy.Unreadable(detail);
        };
    }
}
