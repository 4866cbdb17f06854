package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins on two nodes that do not see each other, and logins that die half-way. */
class GuestMergeTests {

    private static final CartId CUSTOMER = new CartId("customer");
    private static final CartId GUEST = new CartId("guest");
    private static final String KEY = "the login's key";

    private final CartNode left = new CartNode("left");
    private final CartNode right = new CartNode("right");

    @Test
    void twoLoginsAtOnceOnTwoNodesCopyOnce() {
        left.add(GUEST, "pear", 2);
        left.set(GUEST, "plum", 3);
        left.meets(right);

        left.logIn(CUSTOMER, GUEST);
        right.logIn(CUSTOMER, GUEST);
        left.meets(right);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L, "plum", 3L));
        assertThat(left.lines(GUEST)).isEmpty();
    }

    @Test
    void aLoginWhoseCopiesAreNotAcknowledgedLeavesTheGuestsCartAndTheNextOneEndsIt() {
        left.add(GUEST, "pear", 2);
        left.store().losesAnswersAbout(CUSTOMER);
        assertThatThrownBy(() -> left.logIn(CUSTOMER, GUEST)).hasCauseInstanceOf(StoreException.OutcomeUnknown.class);

        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 2L));
        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));

        left.meets(right);
        right.logIn(CUSTOMER, GUEST);
        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void aLoginThatCouldNotEmptyTheGuestsCartSaysSoAndTheNextOneEndsIt() {
        left.add(GUEST, "pear", 2);
        left.store().refusesWritesOf(GUEST);
        assertThatThrownBy(() -> left.logIn(CUSTOMER, GUEST)).hasCauseInstanceOf(UnfinishedMerge.class);

        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 2L));
        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));

        left.meets(right);
        right.logIn(CUSTOMER, GUEST);
        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheCustomerRemovedSinceIsNotCopiedAgainByALoginThatDidNotSeeIt() {
        left.add(GUEST, "pear", 2);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        left.remove(CUSTOMER, "pear");

        right.logIn(CUSTOMER, GUEST);
        left.meets(right);

        assertThat(left.lines(CUSTOMER)).isEmpty();
        assertThat(left.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheGuestAddsMeanwhileElsewhereStaysWithTheGuest() {
        left.add(GUEST, "pear", 2);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        right.add(GUEST, "pear", 1);
        left.meets(right);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 1L));
    }

    @Test
    void oneAddTriedByTheGuestOnBothNodesIsCopiedOnce() {
        left.addWithKey(GUEST, "key", "pear", 2);
        right.addWithKey(GUEST, "key", "pear", 2);
        left.logIn(CUSTOMER, GUEST);
        right.logIn(CUSTOMER, GUEST);
        left.meets(right);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(left.lines(GUEST)).isEmpty();
    }

    @Test
    void quantitiesThatWereSetAddUpAcrossTheTwoCartsAndOnlyThere() {
        left.set(GUEST, "pear", 5);
        left.meets(right);
        left.set(CUSTOMER, "pear", 4);
        right.set(CUSTOMER, "pear", 3);
        left.logIn(CUSTOMER, GUEST);
        right.logIn(CUSTOMER, GUEST);
        left.meets(right);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 4L + 5));
    }

    @Test
    void whatTheGuestSetsAfterALoginComesOnTopOfWhatWentWithThat() {
        left.set(GUEST, "pear", 4);
        left.logIn(CUSTOMER, GUEST);
        left.set(GUEST, "pear", 3);
        left.logIn(CUSTOMER, GUEST);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 4L + 3));
        assertThat(left.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTwoOfTheGuestsDevicesSetAtOnceIsTheLargerAfterALoginToo() {
        left.set(GUEST, "pear", 4);
        left.logIn(CUSTOMER, GUEST);
        left.meets(right);
        left.set(GUEST, "pear", 3);
        right.set(GUEST, "pear", 5);
        left.meets(right);
        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 5L));

        left.logIn(CUSTOMER, GUEST);
        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 4L + 5));
    }

    @Test
    void whatTheGuestSetWithoutHavingSeenTheLoginIsNoMoreThanItWouldHaveBeenBefore() {
        left.set(GUEST, "pear", 4);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        right.set(GUEST, "pear", 5);
        left.meets(right);

        left.logIn(CUSTOMER, GUEST);
        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 5L));
    }

    @Test
    void whatTheGuestSetsComesOnTopAlsoWhereALoginWasRepeatedElsewhereLater() {
        left.set(GUEST, "pear", 4);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        right.passes(Duration.ofSeconds(5));
        right.logIn(CUSTOMER, GUEST);
        left.passes(Duration.ofSeconds(1));
        left.set(GUEST, "pear", 3);
        left.logIn(CUSTOMER, GUEST);
        left.meets(right);
        left.set(GUEST, "pear", 5);
        left.logIn(CUSTOMER, GUEST);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 4L + 3 + 5));
    }

    @Test
    void andWhereAClockWasAnHourAheadDuringOneLogin() {
        left.set(GUEST, "pear", 4);
        left.clockJumps(Duration.ofHours(1));
        left.logIn(CUSTOMER, GUEST);
        left.clockJumps(Duration.ofHours(-1));
        left.set(GUEST, "pear", 3);
        left.logIn(CUSTOMER, GUEST);
        left.set(GUEST, "pear", 5);
        left.logIn(CUSTOMER, GUEST);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 4L + 3 + 5));
    }

    @Test
    void andALongTimeAfterTheLastLogin() {
        left.set(GUEST, "pear", 4);
        left.logIn(CUSTOMER, GUEST);
        left.passes(Duration.ofDays(32));
        left.add(GUEST, "plum", 1);
        left.set(GUEST, "pear", 3);
        left.logIn(CUSTOMER, GUEST);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 4L + 3, "plum", 1L));
    }

    @Test
    void whatIsForgottenOfLoginsMakesNoSumOfWhatTwoDevicesSet() {
        left.set(GUEST, "pear", 4);
        left.logIn(CUSTOMER, GUEST);
        left.set(GUEST, "pear", 3);
        left.logIn(CUSTOMER, GUEST);
        left.passes(Duration.ofDays(32));
        Clock seen = left.clockOf(GUEST);
        left.set(GUEST, "pear", 7);
        left.setHavingSeen(seen, GUEST, "pear", 5);

        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 7L));
    }

    @Test
    void whatTheGuestSetsAgainReplacesWhatItSeesWhateverIsForgottenOfLogins() {
        left.set(GUEST, "pear", 4);
        left.logIn(CUSTOMER, GUEST);
        left.set(GUEST, "pear", 3);
        left.passes(Duration.ofDays(32));
        left.add(GUEST, "plum", 1);
        left.set(GUEST, "pear", 2);

        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 2L, "plum", 1L));
    }

    /** The customer's cart would know the copy still, and the guest's no longer the original. */
    @Test
    void anAddThatIsRepeatedDaysAfterTheLoginIsDoneAlready() {
        left.addWithKey(GUEST, "key", "pear", 2);
        left.logIn(CUSTOMER, GUEST);
        left.remove(CUSTOMER, "pear");
        left.passes(Duration.ofDays(2));
        left.add(GUEST, "plum", 1);
        left.addWithKey(GUEST, "key", "pear", 2);

        assertThat(left.lines(GUEST)).isEqualTo(Map.of("plum", 1L));
    }

    @Test
    void aLoginEmptiesTheGuestsCartAlsoWhereTheNodeItselfIsBehind() {
        left.add(GUEST, "pear", 2);
        right.reaches(left);
        right.logIn(CUSTOMER, GUEST);
        right.meets(left);

        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void aLoginThatCannotReadAgainWhatItCopiedSaysSoAndTheNextOneEndsIt() {
        left.add(GUEST, "pear", 2);
        right.reaches(left);
        right.store().isCutOffOnceItHasWritten(CUSTOMER);
        assertThatThrownBy(() -> right.logIn(CUSTOMER, GUEST)).hasCauseInstanceOf(UnfinishedMerge.class);

        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 2L));
        left.meets(right);
        right.logIn(CUSTOMER, GUEST);
        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void aLoginThatIsRepeatedUnderItsKeyAfterItsEndChangesNothing() {
        left.add(GUEST, "pear", 2);
        left.logInWithKey(KEY, CUSTOMER, GUEST);
        left.set(GUEST, "pear", 5);
        left.add(GUEST, "plum", 1);
        left.remove(GUEST, "plum");
        left.remove(CUSTOMER, "pear");
        left.logInWithKey(KEY, CUSTOMER, GUEST);

        assertThat(left.lines(CUSTOMER)).isEmpty();
        assertThat(left.lines(GUEST)).isEqualTo(Map.of("pear", 5L));
    }

    /** The release is remembered for longer than the remove, and says that the lines are the customer's now. */
    @Test
    void whatTheGuestTakesOutWithoutHavingSeenThatALoginWasDoneStaysWithTheCustomer() {
        left.add(GUEST, "pear", 2);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        right.remove(GUEST, "pear");
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
    }

    @Test
    void mergingBackAndForthOnTwoNodesLosesAndDoublesNothing() {
        left.add(GUEST, "pear", 2);
        left.add(CUSTOMER, "apple", 1);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        right.logIn(CUSTOMER, GUEST);
        left.meets(right);

        left.logIn(GUEST, CUSTOMER);
        right.logIn(GUEST, CUSTOMER);
        left.meets(right);
        assertThat(left.lines(GUEST)).isEqualTo(Map.of("apple", 1L, "pear", 2L));
        assertThat(left.lines(CUSTOMER)).isEmpty();

        right.logIn(CUSTOMER, GUEST);
        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("apple", 1L, "pear", 2L));
    }

    @Test
    void aCartMergedIntoItselfIsUnchangedAndNotEvenEmptied() {
        left.add(CUSTOMER, "apple", 1);
        left.logIn(CUSTOMER, CUSTOMER);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("apple", 1L));
    }

    @Test
    void oneGuestMergedIntoTwoCustomersOnTwoSidesEndsInBoth() {
        CartId another = new CartId("another");
        left.add(GUEST, "pear", 2);
        left.meets(right);
        left.logIn(CUSTOMER, GUEST);
        right.logIn(another, GUEST);
        left.meets(right);

        assertThat(left.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L));
        assertThat(left.lines(another)).isEqualTo(Map.of("pear", 2L));
        assertThat(left.lines(GUEST)).isEmpty();
    }
}
