package io.dynamocart.store.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.simulation.SeededRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The estimate comes to rest where about one answer in twenty is slower, whatever answers look like. */
class UsualLatencyTests {

    private static final int OBSERVED = 20_000;

    @Test
    void ofAnswersThatAreSpreadEvenly() {
        assertThat(slowerShare(random -> random.between(1_000_000, 9_000_000))).isBetween(0.03, 0.07);
    }

    @Test
    void ofAnswersWithALongTail() {
        assertThat(slowerShare(random -> (long) (-2_000_000 * Math.log(1 - random.nextDouble()))))
                .isBetween(0.03, 0.07);
    }

    /** Every tenth answer waits for a disk: the estimate must lie among those, not at the quick ones. */
    @Test
    void ofAnswersOfTwoKinds() {
        assertThat(slowerShare(random ->
                        random.chance(0.1) ? random.between(20_000_000, 30_000_000) : random.between(200_000, 400_000)))
                .isBetween(0.03, 0.08);
    }

    @Test
    void followsAPeerThatBecomesSlowAndOneThatBecomesQuick() {
        UsualLatency usual = new UsualLatency(10_000_000);
        observe(usual, 1_000, 100_000_000);
        assertThat(usual.percentile95()).isBetween(95_000_000L, 105_000_000L);

        observe(usual, 4_000, 1_000_000);
        assertThat(usual.percentile95()).isBetween(950_000L, 1_050_000L);
    }

    @Test
    void neverBecomesSoSmallThatItStandsStill() {
        UsualLatency usual = new UsualLatency(0);
        observe(usual, 1_000, 0);
        assertThat(usual.percentile95()).isEqualTo(20_000);

        observe(usual, 1_000, 5_000_000);
        assertThat(usual.percentile95()).isGreaterThan(4_500_000);
    }

    private static void observe(UsualLatency usual, int times, long nanos) {
        for (int i = 0; i < times; i++) {
            usual.observe(nanos);
        }
    }

    /** How many of the later answers are slower than the estimate before them. */
    private static double slowerShare(ToLongFunction<SeededRandom> answers) {
        SeededRandom random = new SeededRandom(95);
        UsualLatency usual = new UsualLatency(10_000_000);
        int slower = 0;
        for (int i = 0; i < 2 * OBSERVED; i++) {
            long answer = answers.applyAsLong(random);
            slower += i >= OBSERVED && answer > usual.percentile95() ? 1 : 0;
            usual.observe(answer);
        }
        return (double) slower / OBSERVED;
    }
}
