package io.dynamocart.store.reaping;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member's watch, from the time it agreed to the removal of a tombstone: that it sends no versions of the key to
 * anybody who would keep them; an answer to a read may show them. Then, a grace period later, none are under way from
 * it (docs/decisions/0011).
 *
 * <p>It is in memory only: a node that was started anew has watched nothing. Nor has one that was stopped for a while,
 * since messages may have been waiting for it all that time, unread. The clock that only goes forward stands still
 * where the whole machine is stopped, so both clocks are looked at; one that is set forward ends all watches, and
 * nothing worse. Not thread-safe.
 */
public final class Watch {

    /** How often {@link #onTick} is to be called. */
    public static final Duration ROUND = Duration.ofSeconds(1);

    /** Longer than a few rounds take: the node was stopped. */
    private static final Duration STOPPED = ROUND.multipliedBy(3);

    /** Keys watched at a time, some 200 bytes each. Of further ones nothing can be confirmed. */
    private static final int MAX_WATCHED = 100_000;

    private record Watched(Digest versions, long since) {}

    private final Map<Key, Watched> watched = new LinkedHashMap<>();
    private final long forgottenAfter;
    private long lastSeen;
    private @Nullable Instant lastWall;

    /**
     * Watches nothing yet.
     *
     * @param grace how long the others let pass between the two questions
     */
    public Watch(Duration grace) {
        this.forgottenAfter = 2 * grace.toNanos() + Duration.ofMinutes(1).toNanos();
    }

    /** Begins, anew if the key is watched already. */
    public void begin(long now, Instant wall, KeyDigest versions) {
        onTick(now, wall);
        watched.remove(versions.key());
        if (watched.size() < MAX_WATCHED) {
            watched.put(versions.key(), new Watched(versions.digest(), now));
        }
    }

    /** The node sends versions of the key, or does not agree after all. */
    public void end(Key key) {
        watched.remove(key);
    }

    /** Whether nothing was sent since a watch began for exactly these versions. */
    public boolean isQuiet(long now, Instant wall, KeyDigest versions) {
        onTick(now, wall);
        Watched known = watched.get(versions.key());
        return known != null && known.versions.equals(versions.digest());
    }

    /** Time has passed. */
    public void onTick(long now, Instant wall) {
        if (wasStopped(now, wall)) {
            watched.clear();
        }
        lastSeen = now;
        lastWall = wall;
        Iterator<Watched> oldest = watched.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since > forgottenAfter) {
            oldest.remove();
        }
    }

    private boolean wasStopped(long now, Instant wall) {
        Duration passed = Duration.ofNanos(now - lastSeen);
        Duration onTheWall = lastWall == null ? passed : Duration.between(lastWall, wall);
        return passed.compareTo(STOPPED) > 0 || onTheWall.minus(passed).compareTo(STOPPED) > 0;
    }
}
