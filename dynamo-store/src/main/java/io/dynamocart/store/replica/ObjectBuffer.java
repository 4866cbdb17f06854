package io.dynamocart.store.replica;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Reply;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The writes that everybody sees who asks this node, though they are still on their way to its disk (paper §6.1). The
 * paper's writer comes from time to time; here each write goes to the disk at once, so that a crash loses what came in
 * the last few milliseconds, or since the disk has stood still. Not thread-safe.
 */
final class ObjectBuffer {

    private final int capacity;
    private final Set<Slot> slots = new LinkedHashSet<>();
    private int writes;

    /** @param capacity writes in it at the most; none turns it off */
    ObjectBuffer(int capacity) {
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** Shows everybody the newest state of a slot that is being written; false where there is no room. */
    boolean take(Slot slot) {
        if (writes >= capacity) {
            return false;
        }
        int before = slot.writesAhead();
        slot.show();
        writes += slot.writesAhead() - before;
        slots.add(slot);
        return true;
    }

    /**
     * A write of the slot ends now, well or not. To be told before those who wait for it, since they may write again.
     */
    void onEnding(Slot slot) {
        if (slot.writesAhead() > 0) {
            writes--;
        }
        if (slot.writesAhead() == 1) {
            slots.remove(slot);
        }
    }

    /** Runs the action once what is in it now is on disk, or has failed to get there. */
    void whenWritten(Moment now, Consumer<Moment> action) {
        if (slots.isEmpty()) {
            action.accept(now);
            return;
        }
        Set<Slot> waiting = new LinkedHashSet<>(slots);
        for (Slot slot : slots) {
            Reply<Written> onWritten = (then, _) -> {
                waiting.remove(slot);
                if (waiting.isEmpty()) {
                    action.accept(then);
                }
            };
            slot.whenCommitted(
                    now, onWritten, new Written.Durable(null, slot.newest().versions()));
        }
    }
}
