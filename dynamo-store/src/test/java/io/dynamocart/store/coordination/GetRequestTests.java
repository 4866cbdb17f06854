package io.dynamocart.store.coordination;

import static io.dynamocart.store.coordination.ReadScript.NEW;
import static io.dynamocart.store.coordination.ReadScript.NOTHING;
import static io.dynamocart.store.coordination.ReadScript.OLD;
import static io.dynamocart.store.coordination.ReadScript.SIBLING;
import static io.dynamocart.store.coordination.ReadScript.TWO_OF_THREE;
import static io.dynamocart.store.coordination.ReadScript.answerOf;
import static io.dynamocart.store.coordination.ReadScript.ask;
import static io.dynamocart.store.coordination.ReadScript.failureOf;
import static io.dynamocart.store.coordination.ReadScript.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A read from its first question to its answer (paper §5, the read state machine). */
class GetRequestTests {

    @Test
    void asksRNodesFirst() {
        assertThat(new ReadScript(TWO_OF_THREE, "ABC").start()).containsExactly(ask("A"), ask("B"));
    }

    @Test
    void answersWhenRHaveAnsweredWithAllThatNoOtherReplaces() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();

        assertThat(read.answer("A", OLD.merge(SIBLING))).isEmpty();
        assertThat(answerOf(read.answer("B", NEW)).versions()).isEqualTo(NEW.merge(SIBLING));
    }

    @Test
    void tellsHowManyHaveAllThatWasFound() {
        assertThat(holders(NEW, NEW)).isEqualTo(2);
        assertThat(holders(OLD, NEW)).as("one is behind").isEqualTo(1);
        assertThat(holders(NEW, SIBLING)).as("each lacks what the other has").isZero();
        assertThat(holders(NOTHING, NOTHING)).isEqualTo(2);
    }

    /** What a stand-in keeps goes as soon as the home replica has it, which may be one of those that answered. */
    @Test
    void standInsAreNoneOfThem() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "Ade");
        read.start();
        read.answer("A", NEW);

        assertThat(answerOf(read.answer("d", NEW)).holders()).isEqualTo(1);
    }

    private static int holders(Versions a, Versions b) {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", a);
        return answerOf(read.answer("B", b)).holders();
    }

    @Test
    void aKeyThatNobodyHasIsAnAnswerToo() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", NOTHING);

        assertThat(answerOf(read.answer("B", NOTHING)).versions()).isEqualTo(NOTHING);
        assertThat(read.isDone()).isTrue();
    }

    /** docs/invariants.md D21. */
    @Test
    void aNodeCountsOnceHoweverOftenItAnswers() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();

        assertThat(read.answer("A", OLD)).isEmpty();
        assertThat(read.answer("A", OLD)).isEmpty();
        assertThat(read.answer("A", NEW)).isEmpty();
        assertThat(answerOf(read.answer("B", OLD)).versions()).isEqualTo(OLD);
    }

    @Test
    void aNodeThatWasNotAskedDoesNotCount() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", OLD);

        assertThat(read.answer("C", OLD)).isEmpty();
        assertThat(read.failure("C")).isEmpty();
    }

    @Test
    void aNodeThatFailsIsReplacedByTheNextAtOnce() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();

        assertThat(read.at(1).failure("A")).containsExactly(ask("C"));
        assertThat(read.answer("B", OLD)).isEmpty();
        assertThat(answerOf(read.answer("C", OLD)).homes()).isEqualTo(2);
    }

    @Test
    void aNodeThatFailedAndThenAnswersDoesNotCount() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.failure("A");

        assertThat(read.answer("A", OLD)).isEmpty();
        assertThat(read.answer("B", OLD)).isEmpty();
        assertThat(read.isDone()).isFalse();
    }

    @Test
    void failsAsSoonAsNobodyIsLeftWhoCouldAnswer() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", OLD);
        read.failure("B");

        assertThat(failureOf(read.failure("C"))).isEqualTo(new GetFailure(2, nodes("A"), false));
        assertThat(read.isDone()).isTrue();
    }

    @Test
    void failsWhenTimeIsUpAndSaysWhoDidAnswer() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("B", OLD);

        assertThat(read.at(999).tick()).doesNotHaveAnyElementsOfTypes(GetRequest.Step.Fail.class);
        assertThat(failureOf(read.at(1000).tick())).isEqualTo(new GetFailure(2, nodes("B"), false));
    }

    @Test
    void saysNothingMoreOnceItHasFailed() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(1000).tick();

        assertThat(read.at(1001).answer("A", OLD)).isEmpty();
        assertThat(read.answer("B", NEW)).isEmpty();
        assertThat(read.failure("C")).isEmpty();
        assertThat(read.at(2000).tick()).isEmpty();
    }

    @Test
    void standInsCountUnlessTheReadIsStrict() {
        ReadScript sloppy = new ReadScript(TWO_OF_THREE, "ABCd");
        sloppy.start();
        sloppy.failure("A");
        sloppy.answer("B", OLD);

        assertThat(sloppy.failure("C")).containsExactly(ask("d"));
        GetAnswer answer = answerOf(sloppy.answer("d", NEW));
        assertThat(answer.homes()).isEqualTo(1);
        assertThat(answer.standIns()).isEqualTo(1);
    }

    @Test
    void aStrictReadAsksNoStandIn() {
        ReadScript strict = new ReadScript(TWO_OF_THREE.withStrict(true), "ABCd");
        strict.start();
        strict.failure("A");
        strict.answer("B", OLD);

        assertThat(failureOf(strict.failure("C")).answered()).isEqualTo(nodes("B"));
    }

    @Test
    void namesTheHomeReplicaThatAnsweredFirst() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(3).answer("B", OLD);

        assertThat(answerOf(read.at(4).answer("A", OLD)).fastestHome()).isEqualTo(new NodeId("B"));
    }

    @Test
    void aStandInIsNotTheFastestHomeReplica() {
        ReadScript read = new ReadScript(TWO_OF_THREE.withR(1), "Aa");
        read.start();
        read.failure("A");

        assertThat(answerOf(read.answer("a", OLD)).fastestHome()).isNull();
    }

    @Test
    void tellsTheEarliestAndTheLatestClockOfThoseWhoAnswered() {
        Instant early = Instant.parse("2026-11-21T11:59:59Z");
        Instant late = Instant.parse("2026-11-21T12:00:03Z");
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", OLD, late);

        GetAnswer answer = answerOf(read.answer("B", OLD, early));
        assertThat(answer.earliestClock()).isEqualTo(early);
        assertThat(answer.latestClock()).isEqualTo(late);
    }

    @Test
    void wantsToBeWokenAtTheDeadlineWhenNothingElseIsDue() {
        ReadScript read = new ReadScript(TWO_OF_THREE.withR(3), "ABC");
        read.start();

        assertThat(read.wakeAt()).isEqualTo(10);
        read.at(10).tick();
        assertThat(read.wakeAt()).isEqualTo(100);
        read.at(100).tick();
        assertThat(read.wakeAt()).isEqualTo(1000);
    }
}
