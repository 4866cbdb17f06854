package io.dynamocart.app.cart;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How large a cart may become, and for how long it remembers.
 *
 * @param lines different items
 * @param quantity of one item
 * @param entries entries and remembered operations together
 * @param waiting operations that may wait for one cart at one instance
 * @param retryWindow how long a client may repeat a request; longer keeps carts larger
 * @param guestLife how long a guest's cart may be there to be merged into a customer's
 */
public record CartLimits(int lines, int quantity, int entries, int waiting, Duration retryWindow, Duration guestLife) {

    /** The limits of the API. */
    public static final CartLimits STANDARD =
            new CartLimits(500, 9_999, 2_000, 200, Duration.ofHours(24), Duration.ofDays(31));

    public CartLimits {
        if (lines < 1
                || quantity < 1
                || entries < 1
                || waiting < 1
                || !retryWindow.isPositive()
                || guestLife.compareTo(retryWindow) < 0) {
            throw new IllegalArgumentException(
                    "limits of a cart must be above zero, and guests live longer than retries");
        }
    }

    /** Whether an operation was so long ago that it cannot be repeated any more. */
    boolean isForgettable(Remembered operation, Instant now) {
        return switch (operation.retention()) {
            case WHILE_STANDING -> false;
            case WHILE_REPEATABLE -> isOver(operation, retryWindow, now);
            case WHILE_GUESTS_LIVE -> isOver(operation, guestLife, now);
        };
    }

    /** Whether it takes nothing more before it has forgotten something. */
    boolean isFull(CartState cart) {
        return cart.size() >= entries;
    }

    /**
     * Checks what an operation did. A cart that is too large already, because two were merged, may still be changed
     * where it does not grow.
     *
     * @throws CartProblem.LimitExceeded if it grew beyond a limit
     */
    void check(CartId cart, CartState before, CartState after) {
        if (after.size() > entries && after.size() > before.size()) {
            throw new CartProblem.LimitExceeded(
                    "cart %s would hold more than %d entries and operations that it remembers; only time makes room; what was taken out or done is forgotten after %s, those of merges after %s"
                            .formatted(cart, entries, inWords(retryWindow), inWords(guestLife)));
        }
        Map<ItemId, Long> quantities = new HashMap<>();
        before.lines().forEach(line -> quantities.put(line.item(), line.quantity()));
        List<Line> linesAfter = after.lines();
        if (linesAfter.size() > lines && linesAfter.size() > quantities.size()) {
            throw new CartProblem.LimitExceeded(
                    "cart %s would have more than %d lines; take one out first".formatted(cart, lines));
        }
        for (Line line : linesAfter) {
            boolean grew = line.quantity() > quantities.getOrDefault(line.item(), 0L);
            if (line.quantity() > quantity && grew) {
                throw new CartProblem.LimitExceeded(
                        "cart %s would hold more than %d of %s; ask for fewer".formatted(cart, quantity, line.item()));
            }
        }
    }

    /** In the largest unit of which it is several. */
    private static String inWords(Duration time) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)) {
            long count = time.dividedBy(unit.getDuration());
            if (count > 1 && time.equals(unit.getDuration().multipliedBy(count))) {
                return count + " " + unit.toString().toLowerCase(Locale.ROOT);
            }
        }
        return time.toString();
    }

    private static boolean isOver(Remembered operation, Duration window, Instant now) {
        return !operation.at().isAfter(now.minus(window));
    }
}
