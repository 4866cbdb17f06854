package io.dynamocart.store.replica;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.version.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys that something is under way for. A slot is opened for whoever comes first, its record is recalled or read, and
 * it is closed when nothing is under way any more. Not thread-safe.
 */
final class Slots {

    private final Records disk;
    private final BiConsumer<Key, String> onDamage;
    private final ReadQueue reads;
    private final Map<Key, Slot> open = new HashMap<>();

    /** @param onDamage told of every damaged record that is read */
    Slots(Records disk, ReadLimits limits, BiConsumer<Key, String> onDamage) {
        this.disk = disk;
        this.onDamage = onDamage;
        this.reads = new ReadQueue(disk, limits, this::onRead);
    }

    /** The slot that is open for the key, null if none is. */
    @Nullable
    Slot find(Key key) {
        return open.get(key);
    }

    /** The slot that is open for the key, or else a new one, with the record if that is at hand. */
    Slot of(Moment now, Key key) {
        Slot known = open.get(key);
        if (known != null) {
            return known;
        }
        Slot slot = opened(key);
        StoredRecord record = disk.recall(key);
        if (record != null) {
            slot.load(now, new ReadOutcome.Found(record));
        }
        return slot;
    }

    /** A new slot, whose record is to be read in any case. */
    Slot opened(Key key) {
        Slot slot = new Slot();
        open.put(key, slot);
        return slot;
    }

    /**
     * Runs the action once the record is there, or cannot be had, and closes the slot if nothing is under way after that.
     *
     * @param until when whoever asks will have ceased to wait, on the clock of {@link Moment#nanos}
     */
    void whenLoaded(Moment now, Key key, Slot slot, long until, Consumer<Moment> action) {
        slot.whenLoaded(now, until, action);
        if (slot.isLoaded()) {
            closeIfIdle(key, slot);
        } else {
            reads.add(now, key, slot);
        }
    }

    /** For how long the disk has been asked to read more than it can, in nanoseconds. */
    long behind(Moment now) {
        return reads.behind(now);
    }

    void forEach(BiConsumer<Key, Slot> action) {
        open.forEach(action);
    }

    void closeIfIdle(Key key, Slot slot) {
        if (slot.isIdle()) {
            open.remove(key, slot);
        }
    }

    private void onRead(Moment now, Key key, Slot slot, ReadOutcome outcome) {
        if (outcome instanceof ReadOutcome.Damaged damaged) {
            onDamage.accept(key, damaged.detail());
        }
        try {
            slot.load(now, outcome);
        } finally {
            closeIfIdle(key, slot);
        }
    }
}
