package io.dynamocart.store.coordination;

import static io.dynamocart.store.coordination.ReadScript.OLD;
import static io.dynamocart.store.coordination.ReadScript.TWO_OF_THREE;
import static io.dynamocart.store.coordination.ReadScript.answerOf;
import static io.dynamocart.store.coordination.ReadScript.ask;
import static io.dynamocart.store.coordination.ReadScript.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A read whose replicas are slow: who is asked as well, and when. */
class GetRequestHedgingTests {

    @Test
    void aNodeSlowerThanUsualIsJoinedByTheNextWithinTheBudget() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(1).answer("A", OLD);

        assertThat(read.at(9).tick()).isEmpty();
        assertThat(read.at(10).tick()).containsExactly(ask("C"));
    }

    @Test
    void theSlowOneMayStillAnswer() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(1).answer("A", OLD);
        read.at(10).tick();

        assertThat(answerOf(read.at(11).answer("B", OLD)).homes()).isEqualTo(2);
    }

    @Test
    void withoutABudgetTheNextIsAskedOnlyWhenTheSlowOneIsLate() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC", spent(0));
        read.start();
        read.at(1).answer("A", OLD);

        assertThat(read.at(10).tick()).isEmpty();
        assertThat(read.wakeAt()).isEqualTo(100);
        assertThat(read.at(99).tick()).isEmpty();
        assertThat(read.at(100).tick()).containsExactly(ask("C"));
    }

    @Test
    void everySlowNodeIsJoinedByOneOther() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABCde");
        read.start();

        assertThat(read.at(10).tick()).containsExactly(ask("C"), ask("d"));
        assertThat(read.at(20).tick()).containsExactly(ask("e"));
        assertThat(read.at(30).tick()).as("nobody is left").isEmpty();
    }

    @Test
    void hedgesSpendTheBudgetOneEach() {
        RetryBudget one = spent(1);
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABCd", one);
        read.start();

        assertThat(read.at(10).tick()).as("one of two slow nodes").containsExactly(ask("C"));
        assertThat(read.at(100).tick()).as("the other is late").containsExactly(ask("d"));
    }

    @Test
    void nothingIsSpentWhereNobodyIsLeftToAsk() {
        RetryBudget one = spent(1);
        ReadScript read = new ReadScript(TWO_OF_THREE.withR(3), "ABC", one);
        read.start();
        read.at(10).tick();

        assertThat(one.spend()).isTrue();
    }

    @Test
    void aLateNodeIsReplacedOnlyWithinTheBudgetForRetries() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC", spent(0), spent(RetryBudget.ofRetries()));
        read.start();
        read.at(1).answer("A", OLD);

        assertThat(read.at(100).tick()).isEmpty();
        assertThat(read.wakeAt())
                .as("nothing but its deadline is left to wait for")
                .isEqualTo(1_000);
        assertThat(answerOf(read.at(500).answer("B", OLD)).homes()).isEqualTo(2);
    }

    @Test
    void andIfItFailsAfterThatInAnyCase() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC", spent(0), spent(RetryBudget.ofRetries()));
        read.start();
        read.at(1).answer("A", OLD);
        read.at(100).tick();

        assertThat(read.at(101).failure("B")).containsExactly(ask("C"));
    }

    @Test
    void aFailedNodeIsReplacedWhateverTheBudget() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC", spent(0));
        read.start();

        assertThat(read.at(1).failure("B")).containsExactly(ask("C"));
    }

    @Test
    void aJoinedNodeThatFailsIsNotReplacedAgain() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABCd");
        read.start();
        read.at(1).answer("A", OLD);
        read.at(10).tick();

        assertThat(read.at(11).failure("B")).as("C was asked in its place").isEmpty();
        assertThat(read.at(12).failure("C")).containsExactly(ask("d"));
    }

    @Test
    void anAnswerInTimeNeedsNoHedge() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(5).answer("A", OLD);

        assertThat(answerOf(read.at(9).answer("B", OLD)).homes()).isEqualTo(2);
        assertThat(read.at(10).tick()).isEmpty();
    }

    @Test
    void theDeadlineComesBeforePatience() {
        ReadScript read = new ReadScript(TWO_OF_THREE.withTimeout(Duration.ofMillis(5)), "ABC");
        read.start();

        assertThat(read.wakeAt()).isEqualTo(5);
        assertThat(ReadScript.failureOf(read.at(5).tick()).answered()).isEqualTo(nodes(""));
    }

    /** A budget with nothing left, to which every read adds so much. */
    private static RetryBudget spent(double perRead) {
        return spent(RetryBudget.ofHedges(perRead));
    }

    private static RetryBudget spent(RetryBudget budget) {
        while (budget.spend()) {
            // Until nothing is left
        }
        return budget;
    }
}
