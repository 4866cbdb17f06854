package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * docs/api.md, "What concurrent changes become", row by row. The cart holds 5 apples and 1 pear that both sides have
 * seen, when the network splits and each side changes it.
 */
class ConcurrentChangesTests {

    private final Side left = Side.called("left").add("apple", 5).add("pear", 1);
    private final Side right = left.splitOff("right");

    @Test
    void addTwoAndAddThreeBecomeFiveMoreThanBefore() {
        Meeting met = merged(side -> side.add("apple", 2), side -> side.add("apple", 3));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 5L + 5, "pear", 1L));
    }

    @Test
    void addTwoAndTheSameRequestRetriedBecomeTwoMoreThanBefore() {
        Meeting met = merged(side -> side.addWithKey("key", "apple", 2), side -> side.addWithKey("key", "apple", 2));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 5L + 2, "pear", 1L));
    }

    @Test
    void addTwoAndRemoveBecomeTwoSinceTheRemoveDidNotSeeTheAdd() {
        Meeting met = merged(side -> side.add("apple", 2), side -> side.remove("apple"));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 2L, "pear", 1L));
    }

    @Test
    void setToFourAndSetToSevenBecomeSeven() {
        Meeting met = merged(side -> side.set("apple", 4), side -> side.set("apple", 7));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 7L, "pear", 1L));
    }

    @Test
    void setToFourAndAddTwoBecomeSix() {
        Meeting met = merged(side -> side.set("apple", 4), side -> side.add("apple", 2));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 6L, "pear", 1L));
    }

    @Test
    void setToFourAndRemoveBecomeFour() {
        Meeting met = merged(side -> side.set("apple", 4), side -> side.remove("apple"));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 4L, "pear", 1L));
    }

    @Test
    void removeAndRemoveLeaveNothing() {
        Meeting met = merged(side -> side.remove("apple"), side -> side.remove("apple"));

        assertThat(met.lines()).isEqualTo(Map.of("pear", 1L));
    }

    @Test
    void deleteTheCartAndAddTwoBecomeTwoOfThatItemAndAllElseIsGone() {
        Meeting met = merged(Side::deleteCart, side -> side.add("apple", 2));

        assertThat(met.lines()).isEqualTo(Map.of("apple", 2L));
    }

    @Test
    void checkoutAndAddTwoBecomeAnOrderWithoutThemAndACartWithTwo() {
        Meeting met = merged(Side::checkOut, side -> side.add("apple", 2));

        assertThat(met.orders()).containsExactly(Map.of("apple", 5L, "pear", 1L));
        assertThat(met.lines()).isEqualTo(Map.of("apple", 2L));
    }

    @Test
    void checkoutAndSetToFourBecomeAnOrderOfTheOldQuantityAndACartWithFour() {
        Meeting met = merged(Side::checkOut, side -> side.set("apple", 4));

        assertThat(met.orders()).containsExactly(Map.of("apple", 5L, "pear", 1L));
        assertThat(met.lines()).isEqualTo(Map.of("apple", 4L));
    }

    @Test
    void checkoutAndRemoveBecomeAnOrderWithTheLineAndACartWithout() {
        Meeting met = merged(Side::checkOut, side -> side.remove("apple"));

        assertThat(met.orders()).containsExactly(Map.of("apple", 5L, "pear", 1L));
        assertThat(met.lines()).isEmpty();
    }

    @Test
    void checkoutAndCheckoutBecomeTwoOrdersNamedAsConflictingAndAnEmptyCart() {
        Meeting met = merged(Side::checkOut, Side::checkOut);

        assertThat(met.orders()).hasSize(2).containsOnly(Map.of("apple", 5L, "pear", 1L));
        assertThat(met.cart().conflictingOrders())
                .containsExactlyElementsOf(met.cart().orders().keySet());
        assertThat(met.lines()).isEmpty();
    }

    @Test
    void ofDifferentPricesTheCausallyLaterOneCountsWhateverTheClocksSay() {
        Side earlier = left.withClock("12:00:00").add("apple", 1, 300);
        Side later = right.meeting(earlier).withClock("11:00:00").add("apple", 1, 200);

        assertThat(Meeting.of(later, earlier).price("apple")).isEqualTo(200);
    }

    @Test
    void ofDifferentConcurrentPricesTheOneWithTheLaterClockCounts() {
        Meeting met = merged(
                side -> side.withClock("12:00:00").add("apple", 1, 300),
                side -> side.withClock("11:00:00").add("apple", 1, 200));

        assertThat(met.price("apple")).isEqualTo(300);
    }

    @Test
    void ofDifferentPricesOfOneTimeTheOneWithTheLaterDotCounts() {
        Meeting met = merged(side -> side.add("apple", 1, 300), side -> side.add("apple", 1, 200));

        assertThat("right").isGreaterThan("left");
        assertThat(met.price("apple")).isEqualTo(200);
    }

    @Test
    void aRemovedLineNeverComesBackUnlessSomebodyAddsItAgain() {
        Side removed = left.remove("apple");
        Side changed = right.add("pear", 1).set("pear", 3).add("plum", 1);

        assertThat(Meeting.of(removed, changed).lines()).doesNotContainKey("apple");
        assertThat(Meeting.of(removed, changed.add("apple", 1)).lines()).containsEntry("apple", 1L);
    }

    private Meeting merged(UnaryOperator<Side> one, UnaryOperator<Side> other) {
        Meeting met = Meeting.of(one.apply(left), other.apply(right));
        assertThat(Meeting.of(other.apply(left), one.apply(right)).lines()).isEqualTo(met.lines());
        return met;
    }
}
