package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guest goes on shopping between the moment at which a login reads the cart and that at which it empties it. */
class RacedLoginTests {

    private static final CartId CUSTOMER = new CartId("customer");
    private static final CartId GUEST = new CartId("guest");
    private static final String KEY = "the login's key";

    private final CartNode node = new CartNode("node");

    @BeforeEach
    void theGuestHasTeaAndTheCustomerMilk() {
        node.add(GUEST, "tea", 2);
        node.add(CUSTOMER, "milk", 1);
    }

    @Test
    void whatTheGuestOrdersIsNotInTheCustomersCart() {
        node.store().meanwhile(CUSTOMER, () -> node.checkOut(GUEST));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L));
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L));
        assertThat(node.lines(GUEST)).isEmpty();
    }

    @Test
    void norIsWhatTheGuestDeletes() {
        node.store().meanwhile(CUSTOMER, () -> node.clear(GUEST));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L));
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L));
    }

    @Test
    void norOneLineThatTheGuestTakesOut() {
        node.add(GUEST, "plum", 1);
        node.store().meanwhile(CUSTOMER, () -> node.remove(GUEST, "tea"));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L, "plum", 1L));
        assertThat(node.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheGuestSetsTakesThePlaceOfWhatWasCopied() {
        node.store().meanwhile(CUSTOMER, () -> node.set(GUEST, "tea", 5));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L, "tea", 5L));
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L, "tea", 5L));
        assertThat(node.lines(GUEST)).isEmpty();
    }

    @Test
    void whatTheGuestAddsStaysWithTheGuest() {
        node.store().meanwhile(CUSTOMER, () -> node.add(GUEST, "tea", 3));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L, "tea", 2L));
        assertThat(node.lines(GUEST)).isEqualTo(Map.of("tea", 3L));
    }

    @Test
    void whatTheGuestOrdersIsTakenOutAlsoWhereAnEarlierLoginCopiedIt() {
        node.store().refusesWritesOf(GUEST);
        assertThatThrownBy(() -> node.logIn(CUSTOMER, GUEST)).hasCauseInstanceOf(UnfinishedMerge.class);
        node.store().takesWritesOf(GUEST);
        node.store().meanwhile(CUSTOMER, () -> node.checkOut(GUEST));
        node.logInWithKey(KEY, CUSTOMER, GUEST);

        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L));
    }

    /** Of a remove the release counts: {@link GuestMergeTests}. What is ordered would be ordered twice. */
    @Test
    void whatTheGuestOrdersElsewhereMeanwhileTheNextLoginTakesOut() {
        CartNode elsewhere = new CartNode("elsewhere");
        node.meets(elsewhere);
        node.logInWithKey(KEY, CUSTOMER, GUEST);
        elsewhere.checkOut(GUEST);
        node.meets(elsewhere);
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L, "tea", 2L));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L));
        assertThat(elsewhere.lines(GUEST)).isEmpty();
    }

    @Test
    void andSoDoesTheSameLoginWhereItIsRepeated() {
        CartNode elsewhere = new CartNode("elsewhere");
        node.meets(elsewhere);
        node.logInWithKey(KEY, CUSTOMER, GUEST);
        elsewhere.checkOut(GUEST);
        node.meets(elsewhere);
        node.logInWithKey(KEY, CUSTOMER, GUEST);

        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L));
    }

    @Test
    void whatTheCustomerHasOfTheSameStays() {
        node.add(CUSTOMER, "tea", 3);
        node.store().meanwhile(CUSTOMER, () -> node.checkOut(GUEST));

        assertThat(node.shownByLogin(CUSTOMER, GUEST)).isEqualTo(Map.of("milk", 1L, "tea", 3L));
    }

    @Test
    void whereItCannotBeTakenOutTheLoginSaysSoAndItsRepetitionDoesIt() {
        node.store().meanwhile(CUSTOMER, () -> {
            node.checkOut(GUEST);
            node.store().refusesWritesOf(CUSTOMER);
        });
        assertThatThrownBy(() -> node.logInWithKey(KEY, CUSTOMER, GUEST))
                .hasCauseInstanceOf(UnfinishedMerge.class)
                .hasMessageContaining("taken out");
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L, "tea", 2L));

        node.store().takesWritesOf(CUSTOMER);
        node.logInWithKey(KEY, CUSTOMER, GUEST);
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L));
    }

    @Test
    void aGuestWhoGoesOnForEverIsNotFollowedForEver() {
        setsAgainWithEachWriteOfTheCustomer(1);
        assertThatThrownBy(() -> node.logInWithKey(KEY, CUSTOMER, GUEST)).hasCauseInstanceOf(UnfinishedMerge.class);

        node.store().meanwhile(CUSTOMER, () -> {});
        node.logInWithKey(KEY, CUSTOMER, GUEST);
        assertThat(node.lines(CUSTOMER)).isEqualTo(Map.of("milk", 1L, "tea", 3L));
        assertThat(node.lines(GUEST)).isEmpty();
    }

    private void setsAgainWithEachWriteOfTheCustomer(int quantity) {
        node.store().meanwhile(CUSTOMER, () -> {
            node.set(GUEST, "tea", quantity);
            setsAgainWithEachWriteOfTheCustomer(quantity + 1);
        });
    }
}
