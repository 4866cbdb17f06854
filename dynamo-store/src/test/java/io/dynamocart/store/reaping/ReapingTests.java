package io.dynamocart.store.reaping;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.message.Message.Reap.Stage;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Of four members, a, b and c are home replicas of both keys. */
class ReapingTests {

    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final NodeId D = new NodeId("d");
    private static final List<NodeId> HOMES = List.of(A, B, C);
    private static final Key ONE = Key.of("one");
    private static final Key TWO = Key.of("two");
    private static final KeyDigest FIRST = new KeyDigest(ONE, new Digest(1, 1));
    private static final KeyDigest SECOND = new KeyDigest(TWO, new Digest(2, 2));
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
    private static final long GRACE = Duration.ofMinutes(30).toNanos();

    private final Reaping reaping = new Reaping(
            List.of(A, B, C, D),
            List.of(new Tombstone(FIRST, HOMES), new Tombstone(SECOND, HOMES)),
            Duration.ofNanos(GRACE),
            Duration.ofNanos(PATIENCE));

    @Test
    void allMembersAreAskedTwiceWithTheGraceInBetweenAndThenTheHomeReplicasRemoveIt() {
        assertThat(reaping.start(0))
                .containsExactly(ask(A, Stage.AGREE), ask(B, Stage.AGREE), ask(C, Stage.AGREE), ask(D, Stage.AGREE));
        agree(Stage.AGREE, A, B, C);
        assertThat(answer(5, D, Stage.AGREE, ONE, TWO)).isEmpty();

        assertThat(reaping.wakeAt()).isEqualTo(5 + GRACE);
        assertThat(reaping.onTick(4 + GRACE)).isEmpty();
        assertThat(reaping.onTick(5 + GRACE)).hasSize(4).contains(ask(D, Stage.CONFIRM));
        agree(Stage.CONFIRM, A, B, C);
        assertThat(answer(6 + GRACE, D, Stage.CONFIRM, ONE, TWO))
                .containsExactly(ask(A, Stage.DROP), ask(B, Stage.DROP), ask(C, Stage.DROP));

        agree(Stage.DROP, A, B);
        assertThat(answer(7 + GRACE, C, Stage.DROP, ONE, TWO)).containsExactly(new Step.Finish());
        assertThat(reaping.isDone()).isTrue();
    }

    @Test
    void aMemberThatDoesNotAnswerEndsIt() {
        reaping.start(0);
        agree(Stage.AGREE, A, B, C);

        assertThat(reaping.onTick(PATIENCE)).containsExactly(new Step.Finish());
    }

    @Test
    void soDoesOneThatCannotBeAsked() {
        reaping.start(0);

        assertThat(reaping.onLost(1, D, Stage.AGREE)).containsExactly(new Step.Finish());
        assertThat(answer(2, A, Stage.AGREE, ONE, TWO)).isEmpty();
    }

    @Test
    void andOneThatDoesNotConfirm() {
        reaping.start(0);
        agree(Stage.AGREE, A, B, C, D);
        reaping.onTick(GRACE);
        agree(Stage.CONFIRM, A, B, C);

        assertThat(reaping.onLost(GRACE + 1, D, Stage.CONFIRM)).containsExactly(new Step.Finish());
    }

    @Test
    void aKeyThatOneMemberDoesNotAgreeToFallsOut() {
        reaping.start(0);
        agree(Stage.AGREE, A, B, C);
        answer(0, D, Stage.AGREE, TWO);

        assertThat(reaping.onTick(GRACE)).contains(new Step.Ask(D, Stage.CONFIRM, List.of(SECOND)));
    }

    @Test
    void andWithTheLastOneItEnds() {
        reaping.start(0);

        assertThat(answer(0, D, Stage.AGREE)).containsExactly(new Step.Finish());
    }

    @Test
    void answersOfAnEarlierStageAndRepeatedOnesCountForNothing() {
        reaping.start(0);
        agree(Stage.AGREE, A, A, B, C);
        assertThat(reaping.onTick(GRACE - 1 + PATIENCE)).containsExactly(new Step.Finish());
    }

    @Test
    void whatAHomeReplicaDidNotRemoveIsNotReportedAsReaped() {
        reaping.start(0);
        agree(Stage.AGREE, A, B, C, D);
        reaping.onTick(GRACE);
        agree(Stage.CONFIRM, A, B, C, D);
        agree(Stage.DROP, A);
        answer(GRACE, B, Stage.DROP, TWO);

        assertThat(reaping.onLost(GRACE, C, Stage.DROP)).containsExactly(new Step.Finish());
    }

    private void agree(Stage stage, NodeId... members) {
        Arrays.stream(members).forEach(member -> answer(0, member, stage, ONE, TWO));
    }

    private List<Step> answer(long now, NodeId member, Stage stage, Key... agreed) {
        long then = stage == Stage.AGREE ? now : Math.max(now, GRACE);
        return reaping.onAnswer(then, member, stage, new TreeSet<>(List.of(agreed)));
    }

    private static Step.Ask ask(NodeId member, Stage stage) {
        return new Step.Ask(member, stage, List.of(FIRST, SECOND));
    }
}
