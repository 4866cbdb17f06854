package io.dynamocart.store.reaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTests {

    private static final KeyDigest TOMBSTONE = new KeyDigest(Key.of("cart-1"), new Digest(1, 2));
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Watch watch = new Watch(GRACE);

    @Test
    void itIsQuietAsLongAsNothingIsSent() {
        watch.begin(0, TOMBSTONE);
        runUntil(10);
        assertThat(watch.isQuiet(seconds(10), TOMBSTONE)).isTrue();

        watch.end(TOMBSTONE.key());
        assertThat(watch.isQuiet(seconds(10), TOMBSTONE)).isFalse();
    }

    @Test
    void nothingIsKnownOfWhatWasNotWatched() {
        assertThat(watch.isQuiet(0, TOMBSTONE)).isFalse();
    }

    @Test
    void norOfOtherVersions() {
        watch.begin(0, TOMBSTONE);

        assertThat(watch.isQuiet(0, new KeyDigest(TOMBSTONE.key(), new Digest(3, 4))))
                .isFalse();
    }

    @Test
    void aNodeThatWasStoppedMeanwhileHasWatchedNothing() {
        watch.begin(0, TOMBSTONE);
        runUntil(5);

        assertThat(watch.isQuiet(seconds(9), TOMBSTONE)).isFalse();
    }

    @Test
    void whatNobodyAsksAboutAnyMoreIsForgotten() {
        watch.begin(0, TOMBSTONE);
        runUntil(81);

        assertThat(watch.isQuiet(seconds(81), TOMBSTONE)).isFalse();
    }

    private void runUntil(int second) {
        for (int i = 1; i <= second; i++) {
            watch.onTick(seconds(i));
        }
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
