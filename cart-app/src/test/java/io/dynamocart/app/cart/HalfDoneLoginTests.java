package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A login that has copied the guest's cart and could not empty it. It is ended by its repetition under the key that it had,
 * and by any other.
 */
@ParameterizedClass
@ValueSource(strings = {HalfDoneLoginTests.KEY, "another key"})
class HalfDoneLoginTests {

    static final String KEY = "the login's key";

    private static final CartId CUSTOMER = new CartId("customer");
    private static final CartId GUEST = new CartId("guest");

    private final CartNode left = new CartNode("left");
    private final CartNode right = new CartNode("right");

    @Parameter
    String key = KEY;

    @BeforeEach
    void whatTheGuestHasIsTheCustomersToo() {
        left.add(GUEST, "pear", 2);
        left.store().refusesWritesOf(GUEST);
        assertThatThrownBy(() -> left.logInWithKey(KEY, CUSTOMER, GUEST)).hasCauseInstanceOf(UnfinishedMerge.class);
        left.meets(right);
    }

    @Test
    void whatTheGuestTakesOutTheNextOneTakesOutOfTheCustomersCart() {
        right.remove(GUEST, "pear");
        right.logInWithKey(key, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEmpty();
    }

    @Test
    void whatTheGuestSetsTakesThePlaceOfWhatWasCopied() {
        right.set(GUEST, "pear", 5);
        right.logInWithKey(key, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 5L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheGuestOrdersIsNotToBeOrderedByTheCustomerAgain() {
        right.checkOut(GUEST);
        right.logInWithKey(key, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEmpty();
    }

    @Test
    void whatTheGuestAddsGoesWithWhatWasCopied() {
        right.add(GUEST, "plum", 1);
        right.logInWithKey(key, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 2L, "plum", 1L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheGuestPutsInItsPlaceGoesWithItAlsoWhereTheCustomerHasTakenOutTheCopy() {
        right.remove(CUSTOMER, "pear");
        right.add(GUEST, "pear", 1);
        right.logInWithKey(key, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 1L));
        assertThat(right.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheCustomerHasPutThereIsLeftThere() {
        right.add(CUSTOMER, "pear", 3);
        right.remove(GUEST, "pear");
        right.logInWithKey(key, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("pear", 3L));
    }

    @Test
    void whatTheGuestHasTakenOutIsNotCopiedAgainByALoginThatDoesNotKnowOfIt() {
        CartNode third = new CartNode("third");
        left.meets(third);
        right.remove(GUEST, "pear");
        right.logInWithKey(key, CUSTOMER, GUEST);
        third.logInWithKey(key, CUSTOMER, GUEST);
        third.meets(right);

        assertThat(third.lines(CUSTOMER)).isEmpty();
    }

    @Test
    void twoAtOnceOnTwoNodesEndItOnce() {
        CartNode third = new CartNode("third");
        right.set(GUEST, "pear", 5);
        right.meets(third);
        right.logInWithKey(key, CUSTOMER, GUEST);
        third.logInWithKey(key, CUSTOMER, GUEST);
        third.meets(right);

        assertThat(third.lines(CUSTOMER)).isEqualTo(Map.of("pear", 5L));
        assertThat(third.lines(GUEST)).isEmpty();
    }

    @Test
    void onceItIsEndedItsOwnKeyDoesNothingMore() {
        right.remove(GUEST, "pear");
        right.logInWithKey(key, CUSTOMER, GUEST);
        right.set(GUEST, "pear", 5);
        right.add(CUSTOMER, "plum", 1);
        right.logInWithKey(KEY, CUSTOMER, GUEST);

        assertThat(right.lines(CUSTOMER)).isEqualTo(Map.of("plum", 1L));
        assertThat(right.lines(GUEST)).isEqualTo(Map.of("pear", 5L));
    }
}
