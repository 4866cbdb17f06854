package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionControllerTests {

    private static final long MS = 1_000_000;

    private final AdmissionController admission = new AdmissionController(Duration.ofMillis(50));

    @Test
    void whileClientsFareWellBackgroundWorkMayHaveAllItAsksFor() {
        requests(1_000, 10);

        assertThat(admission.endRound()).isEqualTo(1);
        assertThat(admission.restAfter(7 * MS)).isZero();
        assertThat(admission.pauseAfter(7 * MS))
                .as("half of the time is theirs")
                .isEqualTo(7 * MS);
        assertThat(admission.atOnce(8)).isEqualTo(8);
    }

    @Test
    void whileTheyWaitTooLongItsShareHalvesButNeverBecomesNothing() {
        requests(1_000, 100);

        assertThat(admission.endRound()).isEqualTo(0.5);
        assertThat(admission.restAfter(7 * MS)).isEqualTo(7 * MS);
        assertThat(admission.atOnce(8)).isEqualTo(4);
        rounds(20);
        assertThat(admission.endRound()).isEqualTo(1.0 / 16);
        assertThat(admission.restAfter(MS)).isEqualTo(15 * MS);
        assertThat(admission.pauseAfter(MS)).isEqualTo(16 * MS);
        assertThat(admission.atOnce(8)).isEqualTo(1);
    }

    @Test
    void oneSlowRequestInAHundredIsStillWithinThe99thPercentile() {
        requests(990, 10);
        requests(9, 1_000);
        assertThat(admission.endRound()).isEqualTo(1);

        requests(1, 1_000);
        requests(1, 1_000);
        assertThat(admission.endRound()).isEqualTo(0.5);
    }

    @Test
    void aMinuteLaterWhatWasSlowIsForgottenAndTheShareGrowsAgain() {
        requests(1_000, 100);
        rounds(60);
        assertThat(admission.endRound()).isEqualTo(1.25 / 16);

        rounds(20);
        assertThat(admission.endRound()).isEqualTo(1);
    }

    @Test
    void aFewRequestsHaveNo99thPercentile() {
        requests(99, 100);

        assertThat(admission.endRound()).isEqualTo(1);
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatThrownBy(() -> new AdmissionController(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private void requests(int count, long millis) {
        for (int i = 0; i < count; i++) {
            admission.onRequest(millis * MS);
        }
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            admission.endRound();
        }
    }
}
