package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.app.cart.Remembered.Retention;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CartLimitsTests {

    private static final CartLimits LIMITS = new CartLimits(2, 10, 4, 100, Duration.ofHours(24), Duration.ofDays(31));
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Side empty = Side.called("left");

    @Test
    void aCartMayGrowUpToEachLimit() {
        accepts(empty, empty.add("apple", 10).add("pear", 10));
        accepts(empty, empty.add("apple", 1).add("apple", 1).add("apple", 1).add("apple", 1));
    }

    @Test
    void aCartMayNotGrowBeyondItsLines() {
        refuses(
                empty.add("apple", 1).add("pear", 1),
                empty.add("apple", 1).add("pear", 1).add("plum", 1),
                "2 lines");
    }

    @Test
    void aLineMayNotGrowBeyondItsQuantity() {
        refuses(empty, empty.add("apple", 11), "10 of apple");
        refuses(empty.add("apple", 9), empty.add("apple", 9).add("apple", 2), "10 of apple");
        refuses(empty.add("apple", 9), empty.add("apple", 9).set("apple", 11), "10 of apple");
    }

    @Test
    void whatIsRememberedCountsAsAnEntry() {
        Side full = empty.add("apple", 1).set("apple", 2).set("apple", 3);

        assertThat(full.cart().entries()).hasSize(1);
        accepts(full, full.add("apple", 1));
        refuses(full.add("apple", 1), full.add("apple", 1).add("apple", 1), "4 entries");
    }

    @Test
    void aCartThatMergesMadeTooLargeMayShrinkOrStayAsItIs() {
        Side tooMuch = empty.add("apple", 20).add("pear", 1).add("plum", 1);

        accepts(tooMuch, tooMuch.set("apple", 15));
        accepts(tooMuch, tooMuch.set("apple", 20));
        refuses(tooMuch, tooMuch.set("apple", 21), "10 of apple");
    }

    @Test
    void aCartThatMergesMadeTooLargeMayStillChangeOnOtherLines() {
        Side tooMuch = empty.add("apple", 20).add("pear", 1).add("plum", 1);

        accepts(tooMuch, tooMuch.add("pear", 1));
        refuses(tooMuch, tooMuch.add("cherry", 1), "2 lines");
    }

    @Test
    void anOperationIsForgettableWhenNobodyWillRepeatIt() {
        assertThat(LIMITS.isForgettable(remembered(Retention.WHILE_REPEATABLE, NOW.minus(Duration.ofHours(24))), NOW))
                .isTrue();
        assertThat(LIMITS.isForgettable(
                        remembered(
                                Retention.WHILE_REPEATABLE,
                                NOW.minus(Duration.ofHours(24)).plusMillis(1)),
                        NOW))
                .isFalse();
    }

    @Test
    void aCopyOfAGuestsEntryIsForgettableWhenTheGuestsCartMayBeGone() {
        assertThat(LIMITS.isForgettable(remembered(Retention.WHILE_GUESTS_LIVE, NOW.minus(Duration.ofDays(31))), NOW))
                .isTrue();
        assertThat(LIMITS.isForgettable(remembered(Retention.WHILE_GUESTS_LIVE, NOW.minus(Duration.ofDays(30))), NOW))
                .isFalse();
    }

    @Test
    void limitsAreAboveZeroAndGuestsLiveNoShorterThanRetries() {
        Duration day = Duration.ofHours(24);

        assertThatThrownBy(() -> new CartLimits(0, 1, 1, 1, day, day)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CartLimits(1, 0, 1, 1, day, day)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CartLimits(1, 1, 0, 1, day, day)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CartLimits(1, 1, 1, 0, day, day)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CartLimits(1, 1, 1, 1, Duration.ZERO, day))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CartLimits(1, 1, 1, 1, day, day.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void accepts(Side before, Side after) {
        assertThatCode(() -> LIMITS.check(Side.CART, before.cart(), after.cart()))
                .doesNotThrowAnyException();
    }

    private static void refuses(Side before, Side after, String limit) {
        assertThatThrownBy(() -> LIMITS.check(Side.CART, before.cart(), after.cart()))
                .isInstanceOf(CartProblem.LimitExceeded.class)
                .hasMessageContaining("more than " + limit);
    }

    private static Remembered remembered(Retention retention, Instant at) {
        return new Remembered(OperationId.of(Side.CART, "key"), new ItemId("apple"), retention, at);
    }
}
