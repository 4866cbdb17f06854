package io.dynamocart.store.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a node believes of its peers, from its own experience (paper §4.8.3, PAPER.md D27). Times in milliseconds. */
class FailureDetectorTests {

    private static final long MS = 1_000_000;
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final FailureDetector detector = new FailureDetector(
            new FailureDetector.Settings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1)));

    @Test
    void aPeerIsTrustedWhileThereIsALink() {
        assertThat(detector.isTrusted(0, B)).isFalse();
        detector.onLinkUp(B);
        assertThat(detector.isTrusted(0, B)).isTrue();
        detector.onLinkDown(B);
        assertThat(detector.isTrusted(0, B)).isFalse();
        assertThat(detector.isLinked(B)).isFalse();
    }

    @Test
    void aSilentPeerIsSuspectedForAWhileAndThenTriedAgain() {
        detector.onLinkUp(B);
        detector.onSilence(500 * MS, B);

        assertThat(detector.isLinked(B)).as("there is still a way").isTrue();
        assertThat(detector.isTrusted(500 * MS, B)).isFalse();
        assertThat(detector.isTrusted(1_499 * MS, B)).isFalse();
        assertThat(detector.isTrusted(1_500 * MS, B)).isTrue();
    }

    @Test
    void moreSilenceProlongsTheSuspicionAndIsNoNews() {
        detector.onLinkUp(B);

        assertThat(detector.onSilence(0, B)).isTrue();
        assertThat(detector.onSilence(900 * MS, B)).isFalse();
        assertThat(detector.isTrusted(1_100 * MS, B)).isFalse();
        assertThat(detector.onSilence(1_900 * MS, B)).as("it was tried again").isTrue();
    }

    @Test
    void anyAnswerEndsTheSuspicion() {
        detector.onLinkUp(B);
        detector.onSilence(0, B);
        detector.onAnswer(B, 300 * MS);

        assertThat(detector.isTrusted(1, B)).isTrue();
    }

    @Test
    void soDoesANewLink() {
        detector.onLinkUp(B);
        detector.onSilence(0, B);
        detector.onLinkDown(B);
        detector.onLinkUp(B);

        assertThat(detector.isTrusted(1, B)).isTrue();
    }

    @Test
    void theSilenceOfOneSaysNothingOfAnother() {
        detector.onLinkUp(B);
        detector.onLinkUp(C);
        detector.onSilence(0, B);

        assertThat(detector.isTrusted(1, C)).isTrue();
    }

    @Test
    void aPeerUsuallyTakesWhatIsAssumedUntilItHasAnswered() {
        assertThat(detector.usually(B)).isEqualTo(10 * MS);
        detector.onAnswer(B, MS);
        assertThat(detector.usually(B)).isLessThan(10 * MS);
        assertThat(detector.usually(C)).isEqualTo(10 * MS);
    }

    @Test
    void noPeerIsUsuallyLate() {
        for (int i = 0; i < 1_000; i++) {
            detector.onAnswer(B, 5_000 * MS);
        }

        assertThat(detector.usually(B)).isEqualTo(detector.lateAfter()).isEqualTo(200 * MS);
    }

    @Test
    void durationsAreAboveZero() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new FailureDetector.Settings(Duration.ZERO, second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FailureDetector.Settings(second, Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FailureDetector.Settings(second, second, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
