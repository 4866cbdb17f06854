package io.dynamocart.store.coordination;

import static io.dynamocart.store.coordination.ReadScript.NEW;
import static io.dynamocart.store.coordination.ReadScript.NOTHING;
import static io.dynamocart.store.coordination.ReadScript.OLD;
import static io.dynamocart.store.coordination.ReadScript.TWO_OF_THREE;
import static io.dynamocart.store.coordination.ReadScript.answerOf;
import static io.dynamocart.store.coordination.ReadScript.ask;
import static io.dynamocart.store.coordination.ReadScript.failureOf;
import static io.dynamocart.store.coordination.ReadScript.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.version.Versions;
import org.junit.jupiter.api.Test;

/** Reads that want more than R answers: all that their client has seen before, or every home replica. */
class GetRequestCoverageTests {

    private static final ReadOptions AT_LEAST_NEW = TWO_OF_THREE.withAtLeast(NEW.clock());
    private static final ReadOptions EVERY_REPLICA = TWO_OF_THREE.withEveryReplica();

    @Test
    void rAnswersThatCoverAllThatWasSeenAreEnough() {
        ReadScript read = new ReadScript(AT_LEAST_NEW, "ABCd");
        read.start();
        read.answer("A", OLD);

        assertThat(answerOf(read.answer("B", NEW)).versions()).isEqualTo(NEW);
    }

    @Test
    void rAnswersThatDoNotCoverItSendTheReadToAllOthers() {
        ReadScript read = new ReadScript(AT_LEAST_NEW, "ABCd");
        read.start();
        read.answer("A", OLD);

        assertThat(read.answer("B", OLD)).containsExactly(ask("C"), ask("d"));
        assertThat(answerOf(read.answer("d", NEW)).versions()).isEqualTo(NEW);
    }

    @Test
    void failsAsNotCoveredWhenEveryNodeHasAnsweredAndNoneHasIt() {
        ReadScript read = new ReadScript(AT_LEAST_NEW, "ABC");
        read.start();
        read.answer("A", OLD);
        read.answer("B", NOTHING);

        assertThat(failureOf(read.answer("C", OLD))).isEqualTo(new GetFailure(2, nodes("ABC"), true));
    }

    @Test
    void failsAsNotCoveredWhenTimeIsUp() {
        ReadScript read = new ReadScript(AT_LEAST_NEW, "ABC");
        read.start();
        read.answer("A", OLD);
        read.answer("B", OLD);

        assertThat(failureOf(read.at(1000).tick()).notCovered()).isTrue();
    }

    @Test
    void withFewerThanRAnswersItFailsForThat() {
        ReadScript read = new ReadScript(AT_LEAST_NEW, "ABC");
        read.start();
        read.answer("A", OLD);

        assertThat(failureOf(read.at(1000).tick()).notCovered()).isFalse();
    }

    @Test
    void aReadOfEveryReplicaAsksAllNodesAtOnceAndWaitsForThem() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABCd");

        assertThat(read.start()).containsExactly(ask("A"), ask("B"), ask("C"), ask("d"));
        assertThat(read.answer("A", OLD)).isEmpty();
        assertThat(read.answer("B", OLD)).isEmpty();
        assertThat(read.answer("d", Versions.none())).isEmpty();
        assertThat(read.answer("C", OLD)).containsExactly(ask("A"), ask("B"), ask("C"));
        assertThat(read.answer("C", OLD)).isEmpty();
        assertThat(read.answer("B", OLD)).isEmpty();
        GetAnswer answer = answerOf(read.answer("A", OLD));
        assertThat(answer.homes()).isEqualTo(3);
        assertThat(answer.standIns()).isEqualTo(1);
        assertThat(answer.unanimous()).isTrue();
    }

    /** The stand-in gave its hint away when the home replicas had answered, and before it was asked itself. */
    @Test
    void aHintThatGetsHomeBetweenTheAnswersIsInTheUnanimousRead() {
        ReadScript read = everyoneAnswered(EVERY_REPLICA);
        read.answer("A", NEW);
        read.answer("B", NEW);

        GetAnswer answer = answerOf(read.answer("C", NEW));
        assertThat(answer.versions()).isEqualTo(NEW);
        assertThat(answer.unanimous()).isTrue();
    }

    @Test
    void aHintThatGotToOneHomeReplicaSoFarIsNoUnanimity() {
        ReadScript read = everyoneAnswered(EVERY_REPLICA);
        read.answer("A", OLD);
        read.answer("B", NEW);

        GetAnswer answer = answerOf(read.answer("C", OLD));
        assertThat(answer.versions()).isEqualTo(NEW);
        assertThat(answer.unanimous()).isFalse();
    }

    @Test
    void aHomeReplicaThatDoesNotAnswerOnceMoreIsNoUnanimityAndNoFailure() {
        ReadScript failed = everyoneAnswered(EVERY_REPLICA);
        failed.failure("A");
        failed.answer("B", OLD);
        assertThat(answerOf(failed.answer("C", OLD)).unanimous()).isFalse();

        ReadScript late = everyoneAnswered(EVERY_REPLICA);
        late.answer("B", OLD);
        late.answer("C", OLD);
        GetAnswer answer = answerOf(late.at(100).tick());
        assertThat(answer.homes()).isEqualTo(3);
        assertThat(answer.unanimous()).isFalse();
    }

    @Test
    void aHintThatGetsHomeBetweenTheAnswersIsNotMissedByAReadThatMustCoverIt() {
        ReadScript read = everyoneAnswered(AT_LEAST_NEW);
        read.answer("A", OLD);

        assertThat(answerOf(read.answer("B", NEW)).versions()).isEqualTo(NEW);
    }

    @Test
    void homeReplicasAreAskedOnceMoreAndNotAgain() {
        ReadScript read = everyoneAnswered(AT_LEAST_NEW);
        read.answer("A", OLD);
        read.answer("B", OLD);

        assertThat(failureOf(read.answer("C", OLD))).isEqualTo(new GetFailure(2, nodes("ABdC"), true));
    }

    @Test
    void aHintSomewhereIsNoUnanimity() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABCd");
        read.start();
        read.answer("A", OLD);
        read.answer("B", OLD);
        read.answer("d", OLD);

        assertThat(answerOf(read.answer("C", OLD)).unanimous()).isFalse();
    }

    @Test
    void isUnanimousWhenEveryHomeReplicaAnsweredTheSame() {
        assertThat(everyReplica(OLD, OLD, OLD).unanimous()).isTrue();
        assertThat(everyReplica(NOTHING, NOTHING, NOTHING).unanimous()).isTrue();
    }

    @Test
    void isNotUnanimousWhenOneAnsweredDifferently() {
        assertThat(everyReplica(OLD, NEW, NEW).unanimous()).isFalse();
        assertThat(everyReplica(OLD, NOTHING, OLD).unanimous()).isFalse();
    }

    @Test
    void isNotUnanimousWhenOneDidNotAnswer() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABC");
        read.start();
        read.answer("A", OLD);
        read.answer("B", OLD);

        GetAnswer answer = answerOf(read.failure("C"));
        assertThat(answer.homes()).isEqualTo(2);
        assertThat(answer.unanimous()).isFalse();
    }

    @Test
    void anOrdinaryReadIsNeverUnanimousEvenIfAllAnsweredAlike() {
        ReadScript read = new ReadScript(TWO_OF_THREE.withR(3), "ABC");
        read.start();
        read.answer("A", OLD);
        read.answer("B", OLD);

        assertThat(answerOf(read.answer("C", OLD)).unanimous()).isFalse();
    }

    @Test
    void isContentWithRWhenTheOthersAreLate() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABC");
        read.start();
        read.answer("A", OLD);
        read.answer("C", OLD);

        assertThat(read.at(99).tick()).isEmpty();
        assertThat(answerOf(read.at(100).tick()).homes()).isEqualTo(2);
    }

    @Test
    void failsWhenFewerThanRAnsweredInTime() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABC");
        read.start();
        read.answer("A", OLD);

        assertThat(failureOf(read.at(1000).tick())).isEqualTo(new GetFailure(2, nodes("A"), false));
    }

    @Test
    void takesStandInsWhereTooFewHomesAreLeftForR() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABCde");
        read.start();
        read.failure("A");

        read.failure("B");
        read.failure("e");
        assertThat(read.answer("C", OLD)).isEmpty();
        GetAnswer answer = answerOf(read.answer("d", OLD));
        assertThat(answer.homes()).isEqualTo(1);
        assertThat(answer.standIns()).isEqualTo(1);
    }

    @Test
    void aStandInThatFailsIsNoReasonToWaitForFewerHomes() {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABCde");
        read.start();
        read.failure("A");
        read.failure("B");
        read.failure("d");
        read.answer("e", OLD);

        assertThat(answerOf(read.answer("C", NEW)).versions()).isEqualTo(NEW);
    }

    @Test
    void goesOnToStandInsWhereTheHomesDoNotCoverWhatWasSeen() {
        ReadScript read = new ReadScript(EVERY_REPLICA.withAtLeast(NEW.clock()), "ABCd");
        read.start();
        read.answer("A", OLD);

        read.answer("B", OLD);
        assertThat(read.answer("C", OLD)).isEmpty();
        assertThat(answerOf(read.answer("d", NEW)).versions()).isEqualTo(NEW);
    }

    /** A read of which every node has answered, and the home replicas are asked once more. */
    private static ReadScript everyoneAnswered(ReadOptions options) {
        ReadScript read = new ReadScript(options, "ABCd");
        read.start();
        read.answer("A", OLD);
        read.answer("B", OLD);
        read.answer("d", NOTHING);
        assertThat(read.answer("C", OLD)).containsExactly(ask("A"), ask("B"), ask("C"));
        return read;
    }

    private static GetAnswer everyReplica(Versions a, Versions b, Versions c) {
        ReadScript read = new ReadScript(EVERY_REPLICA, "ABC");
        read.start();
        read.answer("A", a);
        read.answer("B", b);
        return answerOf(read.answer("C", c));
    }
}
