package io.dynamocart.store.node;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The places where a disk could not be read when it was last asked to. One that cannot be read at one place for good
 * has failed: what lies behind that place is neither scrubbed nor compared nor handed over any more. Trouble that
 * passes does not count. Not thread-safe.
 */
final class UnreadablePlaces {

    /** So often in a row, and for at least that long, at the same place. */
    private static final int TRIES = 3;

    private static final Duration FOR_GOOD = Duration.ofSeconds(30);

    /** More are not remembered; each of them may fail the disk. */
    private static final int MAX_PLACES = 1_000;

    /**
     * A place on the disk: what is read at once.
     *
     * @param hintsFor for which node it is kept, null among the copies
     * @param listed the range of a list, null for a single record
     * @param key the record; or behind which one the list goes on, null where it begins
     */
    record Place(
            @Nullable NodeId hintsFor,
            @Nullable TokenRange listed,
            @Nullable Key key) {}

    private record Trouble(int tries, long since) {}

    private final SequencedMap<Place, Trouble> places = new LinkedHashMap<>();
    private @Nullable String failure;

    /** Takes note that a place could not be read; returns how often in a row that was so. */
    int onFailed(Moment now, Place place, String detail) {
        Trouble before = places.get(place);
        Trouble trouble = before == null ? new Trouble(1, now.nanos()) : new Trouble(before.tries + 1, before.since);
        places.put(place, trouble);
        if (places.size() > MAX_PLACES) {
            places.pollFirstEntry();
        }
        if (failure == null && trouble.tries >= TRIES && now.nanos() - trouble.since >= FOR_GOOD.toNanos()) {
            failure = "it cannot be read: " + detail;
        }
        return trouble.tries;
    }

    void onRead(Place place) {
        // Nearly always there are none, and each read comes by here
        if (!places.isEmpty()) {
            places.remove(place);
        }
    }

    /** Why the disk has failed, null if it has not. */
    @Nullable
    String failure() {
        return failure;
    }
}
