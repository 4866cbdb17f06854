package io.dynamocart.store.replica;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Records;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.version.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A queue of the records that are to be read from disk. A few are at the disk, the others wait here, and are refused
 * when nobody waits for them any more: a disk that is asked for more than it can do must not do it for those who have
 * gone.
 *
 * <p>Who came last is served first. While the disk keeps up, hardly anybody waits and the order does not matter; once
 * it does not, whoever has waited long will be too late anyway, and in order of arrival all would be (Maurer, "Fail at
 * Scale", ACM Queue 2015). Not thread-safe.
 */
final class ReadQueue {

    private static final String TOO_LATE = "the disk did not get to it in time";

    private final Records disk;
    private final ReadLimits limits;
    private final Listener listener;
    private final SequencedMap<Key, Slot> waiting = new LinkedHashMap<>();
    private int atDisk;
    private long keptUpAt;

    /** Told the outcome of each read. */
    interface Listener {

        /** A record was read, or is not going to be. */
        void onRead(Moment now, Key key, Slot slot, ReadOutcome outcome);
    }

    ReadQueue(Records disk, ReadLimits limits, Listener listener) {
        this.disk = disk;
        this.limits = limits;
        this.listener = listener;
    }

    /** Has a record read, before all that wait; nothing new if it is at the disk already. */
    void add(Moment now, Key key, Slot slot) {
        if (slot.isAtDisk()) {
            return;
        }
        if (waiting.isEmpty()) {
            keptUpAt = now.nanos();
        }
        waiting.putLast(key, slot);
        proceed(now);
        while (waiting.size() > limits.waiting()) {
            refuse(now, waiting.pollFirstEntry(), "%d later ones wait for the disk".formatted(limits.waiting()));
        }
    }

    /** How long it is since the disk was last asked for no more than it can do, in nanoseconds. */
    long behind(Moment now) {
        return waiting.isEmpty() ? 0 : now.nanos() - keptUpAt;
    }

    private void proceed(Moment now) {
        while (!waiting.isEmpty() && waiting.firstEntry().getValue().isGivenUp(now)) {
            refuse(now, waiting.pollFirstEntry(), TOO_LATE);
        }
        while (!waiting.isEmpty() && atDisk < limits.atOnce()) {
            Map.Entry<Key, Slot> latest = waiting.pollLastEntry();
            if (latest.getValue().isGivenUp(now)) {
                refuse(now, latest, TOO_LATE);
            } else {
                read(latest.getKey(), latest.getValue());
            }
        }
    }

    private void read(Key key, Slot slot) {
        atDisk++;
        slot.goToDisk();
        disk.read(key, (now, outcome) -> {
            atDisk--;
            proceed(now);
            listener.onRead(now, key, slot, outcome);
        });
    }

    private void refuse(Moment now, Map.Entry<Key, Slot> waited, String why) {
        listener.onRead(now, waited.getKey(), waited.getValue(), new ReadOutcome.Failed(why));
    }
}
