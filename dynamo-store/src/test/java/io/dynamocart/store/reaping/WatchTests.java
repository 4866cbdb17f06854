package io.dynamocart.store.reaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchTests {

    private static final KeyDigest TOMBSTONE = new KeyDigest(Key.of("cart-1"), new Digest(1, 2));
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Watch watch = new Watch(GRACE);

    @Test
    void itIsQuietAsLongAsNothingIsSent() {
        watch.begin(0, NOON, TOMBSTONE);
        runUntil(10);
        assertThat(watch.isQuiet(seconds(10), NOON.plusSeconds(10), TOMBSTONE)).isTrue();

        watch.end(TOMBSTONE.key());
        assertThat(watch.isQuiet(seconds(10), NOON.plusSeconds(10), TOMBSTONE)).isFalse();
    }

    @Test
    void nothingIsKnownOfWhatWasNotWatched() {
        assertThat(watch.isQuiet(0, NOON, TOMBSTONE)).isFalse();
    }

    @Test
    void norOfOtherVersions() {
        watch.begin(0, NOON, TOMBSTONE);

        assertThat(watch.isQuiet(0, NOON, new KeyDigest(TOMBSTONE.key(), new Digest(3, 4))))
                .isFalse();
    }

    @Test
    void aNodeThatWasStoppedMeanwhileHasWatchedNothing() {
        watch.begin(0, NOON, TOMBSTONE);
        runUntil(5);

        assertThat(watch.isQuiet(seconds(9), NOON.plusSeconds(9), TOMBSTONE)).isFalse();
    }

    /** The clock that only goes forward stands still meanwhile. */
    @Test
    void norHasOneWhoseMachineWasStopped() {
        watch.begin(0, NOON, TOMBSTONE);

        assertThat(watch.isQuiet(seconds(1), NOON.plus(Duration.ofMinutes(30)), TOMBSTONE))
                .isFalse();
    }

    @Test
    void aWallClockThatIsSetBackEndsNothing() {
        watch.begin(0, NOON, TOMBSTONE);

        assertThat(watch.isQuiet(seconds(1), NOON.minus(Duration.ofMinutes(30)), TOMBSTONE))
                .isTrue();
    }

    @Test
    void whatNobodyAsksAboutAnyMoreIsForgotten() {
        watch.begin(0, NOON, TOMBSTONE);
        runUntil(81);

        assertThat(watch.isQuiet(seconds(81), NOON.plusSeconds(81), TOMBSTONE)).isFalse();
    }

    private void runUntil(int last) {
        for (int i = 1; i <= last; i++) {
            watch.onTick(seconds(i), NOON.plusSeconds(i));
        }
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
