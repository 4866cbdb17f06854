package io.dynamocart.store.coordination;

import static io.dynamocart.store.coordination.ReadScript.NEW;
import static io.dynamocart.store.coordination.ReadScript.NOTHING;
import static io.dynamocart.store.coordination.ReadScript.OLD;
import static io.dynamocart.store.coordination.ReadScript.SIBLING;
import static io.dynamocart.store.coordination.ReadScript.TWO_OF_THREE;
import static io.dynamocart.store.coordination.ReadScript.answerOf;
import static io.dynamocart.store.coordination.ReadScript.repair;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Read repair: after the answer, of those that were behind (paper §5, docs/invariants.md D35). */
class GetRequestRepairTests {

    @Test
    void whoeverIsBehindGetsAllVersionsAfterTheAnswer() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", OLD);

        assertThat(read.answer("B", NEW)).hasSize(2).last().isEqualTo(repair("A", NEW));
        assertThat(read.isDone()).isTrue();
    }

    @Test
    void replicasThatLackEachOthersSiblingsBothGetThem() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", OLD);

        assertThat(read.answer("B", SIBLING))
                .contains(repair("A", OLD.merge(SIBLING)), repair("B", OLD.merge(SIBLING)));
    }

    @Test
    void nobodyIsRepairedWhereAllAgree() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", NEW);

        assertThat(read.answer("B", NEW)).hasSize(1);
    }

    @Test
    void waitsForThoseAskedWhoHaveNotAnswered() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(10).tick();
        read.at(11).answer("C", OLD);

        assertThat(read.at(12).answer("B", OLD)).as("A is still out").hasSize(1);
        assertThat(read.isDone()).isFalse();
        assertThat(read.wakeAt()).as("50 ms after the answer").isEqualTo(62);
        assertThat(read.at(20).answer("A", NEW)).containsExactly(repair("C", NEW), repair("B", NEW));
        assertThat(read.isDone()).isTrue();
    }

    @Test
    void waitsNoLongerThanThat() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(10).tick();
        read.at(11).answer("B", OLD);
        answerOf(read.at(12).answer("C", NEW));

        assertThat(read.at(61).tick()).isEmpty();
        assertThat(read.at(62).tick()).containsExactly(repair("B", NEW));
        assertThat(read.at(63).answer("A", OLD))
                .as("too late, the next read will tell")
                .isEmpty();
    }

    @Test
    void aFailureAfterTheAnswerEndsTheWaiting() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.at(10).tick();
        read.at(11).answer("B", OLD);
        read.at(12).answer("C", NEW);

        assertThat(read.at(13).failure("A")).containsExactly(repair("B", NEW));
    }

    @Test
    void aDamagedCopyIsRepaired() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.damage("A");
        read.answer("B", OLD);

        assertThat(read.answer("C", OLD)).hasSize(2).last().isEqualTo(repair("A", OLD));
    }

    @Test
    void aCopyThatCannotBeReadIsLeftAlone() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.failure("A");
        read.answer("B", OLD);

        assertThat(read.answer("C", OLD)).hasSize(1);
    }

    @Test
    void aDamagedCopyIsNotReplacedByNothing() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.damage("A");
        read.answer("B", NOTHING);

        assertThat(read.answer("C", NOTHING)).as("nobody knows what it held").hasSize(1);
    }

    /** riak_core#1845: a stand-in's copy is for its home replica, not for the next reader. */
    @Test
    void standInsAreLeftAlone() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABc");
        read.start();
        read.failure("A");
        read.answer("B", NEW);

        assertThat(read.answer("c", OLD)).hasSize(1);
    }

    @Test
    void aReplicaThatKeptWhatOthersReplacedDoesNotBringItBack() {
        ReadScript read = new ReadScript(TWO_OF_THREE, "ABC");
        read.start();
        read.answer("A", NEW);

        assertThat(answerOf(read.answer("B", OLD.merge(SIBLING))).versions())
                .isEqualTo(NEW.merge(SIBLING))
                .isNotEqualTo(OLD.merge(SIBLING));
    }

    @Test
    void aReadThatFailedRepairsNothing() {
        ReadScript read = new ReadScript(TWO_OF_THREE.withAtLeast(NEW.clock()), "ABC");
        read.start();
        read.answer("A", OLD);
        read.answer("B", SIBLING);
        read.failure("C");

        assertThat(read.isDone()).isTrue();
        assertThat(read.at(1050).tick()).isEmpty();
    }
}
