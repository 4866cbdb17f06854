package io.dynamocart.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTests {

    /** Stands still until it is told to go on. */
    private static final class Clock implements TimeMeter {
        private long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private final Clock clock = new Clock();
    private final RateLimit limit = new RateLimit(new RateLimitProperties(10, 3, 100), clock);

    @Test
    void aClientMaySendABurstAndThenHasToWait() {
        assertThat(burst("a", 3)).isEqualTo(3);

        assertThat(limit.count("a")).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void afterThatWaitOneMoreIsLetThrough() {
        burst("a", 3);
        pass(limit.count("a"));

        assertThat(burst("a", 2)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedCostsNothing() {
        burst("a", 1_000);
        pass(Duration.ofMillis(200));

        assertThat(burst("a", 1_000)).isEqualTo(2);
    }

    @Test
    void oneClientDoesNotPayForAnother() {
        burst("a", 1_000);

        assertThat(burst("b", 3)).isEqualTo(3);
    }

    @Test
    void inTheLongRunItIsTheRateThatCounts() {
        int through = 0;
        for (int millis = 0; millis < 60_000; millis += 10) {
            through += burst("a", 1);
            pass(Duration.ofMillis(10));
        }

        assertThat(through).isBetween(600, 603);
    }

    @Test
    void aClientThatWasQuietForLongHasItsBurstAgainAndNoMore() {
        burst("a", 3);
        pass(Duration.ofDays(1));

        assertThat(burst("a", 10)).isEqualTo(3);
    }

    private int burst(String client, int requests) {
        int through = 0;
        for (int request = 0; request < requests; request++) {
            through += limit.count(client).isZero() ? 1 : 0;
        }
        return through;
    }

    private void pass(Duration time) {
        clock.nanos += time.toNanos();
    }
}
