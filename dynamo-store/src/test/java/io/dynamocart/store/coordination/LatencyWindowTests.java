package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyWindowTests {

    private final LatencyWindow window = new LatencyWindow(3);

    @Test
    void nothingSeenIsNothing() {
        assertThat(window.count()).isZero();
        assertThat(window.percentile99()).isZero();
    }

    @Test
    void tellsWhatOneInAHundredExceeds() {
        for (int millis = 1; millis <= 1_000; millis++) {
            window.observe(millis * 1_000_000L);
        }

        assertThat(window.percentile99()).isCloseTo(990_000_000L, Percentage.withPercentage(20));
    }

    @Test
    void tellsEveryLengthToWithinAFifth() {
        for (long nanos = 1_024; nanos < 30_000_000_000L; nanos += nanos / 100 + 1) {
            LatencyWindow one = new LatencyWindow(1);
            one.observe(nanos);

            assertThat(one.percentile99()).isBetween(nanos - nanos / 5, nanos);
        }
    }

    @Test
    void takesTheShortestAndTheLongestThereIs() {
        window.observe(0);
        assertThat(window.percentile99()).isCloseTo(0, within(1_024L));
        window.observe(Long.MAX_VALUE);
        assertThat(window.percentile99()).isGreaterThan(20_000_000_000L);
    }

    @Test
    void forgetsARoundAfterSoMany() {
        window.observe(5);
        window.endRound();
        window.observe(5);
        window.endRound();
        assertThat(window.count()).isEqualTo(2);

        window.endRound();
        assertThat(window.count()).isEqualTo(1);
        window.endRound();
        assertThat(window.count()).isZero();
    }
}
