package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Until when a cart remembers what must not happen again (docs/architecture.md, "What a cart remembers"). */
class ForgettingTests {

    private static final CartId CART = Side.CART;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = NOW.minus(Duration.ofHours(24));

    @Test
    void whatIsTakenOutIsRememberedByTheLatestClockInSight() {
        Instant ahead = NOW.plusSeconds(60);

        assertThat(checkedOut(read(false, NOW, ahead), NOW).remembered().values())
                .hasSize(2)
                .extracting(Remembered::at)
                .containsOnly(ahead);
    }

    @Test
    void whereAllReplicasAgreeWhatNobodyWillRepeatIsForgottenAndOrdersWithIt() {
        CartState old = checkedOut(YESTERDAY);

        assertThat(old.orders()).hasSize(1);
        assertThat(update(read(true, NOW, NOW), NOW).forgetting(old, Set.of())).isEqualTo(CartState.empty());
    }

    @Test
    void whereReplicasDifferNothingIsForgotten() {
        CartState old = checkedOut(YESTERDAY);

        assertThat(update(read(false, NOW, NOW), NOW).forgetting(old, Set.of())).isEqualTo(old);
    }

    @Test
    void whatMayStillBeRepeatedByAnyClockInSightIsNotForgotten() {
        CartState old = checkedOut(YESTERDAY);
        Instant behind = NOW.minusMillis(1);

        assertThat(update(read(true, behind, NOW), NOW).forgetting(old, Set.of()))
                .isEqualTo(old);
        assertThat(update(read(true, NOW, NOW), behind).forgetting(old, Set.of()))
                .isEqualTo(old);
    }

    private static CartState checkedOut(Instant when) {
        return checkedOut(read(false, when, when), when);
    }

    /** A cart that remembers an add and its checkout, and holds the order. */
    private static CartState checkedOut(CartRead read, Instant when) {
        Operation add = new Operation.Add(OperationId.of(CART, "add"), new ItemId("apple"), 1, 100);
        Operation checkout = new Operation.Checkout(OperationId.of(CART, "checkout"), null);
        CartUpdate update = update(read, when);
        return update.apply(checkout, null, update.apply(add, null, CartState.empty()));
    }

    private static CartUpdate update(CartRead read, Instant now) {
        return new CartUpdate(read, CartLimits.STANDARD, now);
    }

    private static CartRead read(boolean unanimous, Instant earliest, Instant latest) {
        GetResult found =
                new GetResult(Versions.none(), Context.none(CART.key()), 3, 0, 3, unanimous, earliest, latest);
        return new CartRead(CART, found, CartState.empty());
    }
}
