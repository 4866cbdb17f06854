package io.dynamocart.store.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a node believes of its peers, by its own experience (paper §4.8.3, docs/invariants.md D27). Times in ms. */
class FailureDetectorTests {

    private static final long MS = 1_000_000;
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final FailureDetector detector = new FailureDetector(
            new FailureDetector.Settings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1)));

    @Test
    void aPeerIsTrustedWhileThereIsALink() {
        assertThat(detector.isTrusted(B)).isFalse();
        detector.onLinkUp(B);
        assertThat(detector.isTrusted(B)).isTrue();
        detector.onLinkDown(B);
        assertThat(detector.isTrusted(B)).isFalse();
        assertThat(detector.isLinked(B)).isFalse();
    }

    @Test
    void aSilentPeerIsSuspectedUntilItAnswers() {
        detector.onLinkUp(B);
        detector.onSilence(B);

        assertThat(detector.isLinked(B)).as("there is still a way").isTrue();
        assertThat(detector.isTrusted(B)).isFalse();
        assertThat(detector.suspects()).containsExactly(B);
    }

    @Test
    void moreSilenceIsNoNews() {
        detector.onLinkUp(B);

        assertThat(detector.onSilence(B)).isTrue();
        assertThat(detector.onSilence(B)).isFalse();
    }

    @Test
    void aPeerWithoutALinkIsNoSuspectToAsk() {
        detector.onLinkUp(B);
        detector.onSilence(B);
        detector.onLinkDown(B);

        assertThat(detector.suspects()).isEmpty();
    }

    @Test
    void anyAnswerEndsTheSuspicion() {
        detector.onLinkUp(B);
        detector.onSilence(B);
        detector.onAnswer(B, 300 * MS);

        assertThat(detector.isTrusted(B)).isTrue();
    }

    @Test
    void soDoesANewLink() {
        detector.onLinkUp(B);
        detector.onSilence(B);
        detector.onLinkDown(B);
        detector.onLinkUp(B);

        assertThat(detector.isTrusted(B)).isTrue();
    }

    @Test
    void theSilenceOfOneSaysNothingOfAnother() {
        detector.onLinkUp(B);
        detector.onLinkUp(C);
        detector.onSilence(B);

        assertThat(detector.isTrusted(C)).isTrue();
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
