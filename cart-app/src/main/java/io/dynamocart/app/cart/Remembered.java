package io.dynamocart.app.cart;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A note in the cart that an operation was done and must not be done again. It is kept for operations that have no entry in
 * the cart (a remove, a checkout, a merge, a release), and for adds and sets whose entry was taken out.
 *
 * @param item the line it was about, null if about the whole cart
 * @param at the latest clock that was in sight when it was written, to know when nobody will repeat it any more
 */
public record Remembered(OperationId operation, @Nullable ItemId item, Retention retention, Instant at) {

    /** For how long; of two that versions name, the one that comes later here. */
    public enum Retention {
        /** A release of what was copied from this cart, until a later one has seen it. It is about no line. */
        WHILE_STANDING,
        /** What its client may repeat, as long as it may; and a release that is over. */
        WHILE_REPEATABLE,
        /**
         * What was copied from a guest's cart, here and there, as long as that may live: a login that died half-way may be
         * ended at any time, and what is known here as copied must not be done again there. It is about a line.
         */
        WHILE_GUESTS_LIVE
    }

    public Remembered {
        if (retention != Retention.WHILE_REPEATABLE && (item == null) != (retention == Retention.WHILE_STANDING)) {
            throw new IllegalArgumentException("%s, remembered %s, about %s".formatted(operation, retention, item));
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    boolean isStanding() {
        return retention == Retention.WHILE_STANDING;
    }

    /**
     * Whether shoppers of this cart have taken it out, and no login: what logins copied, here or there, is remembered for
     * longer. Also a remove itself, of which no cart has a copy.
     */
    boolean isWithdrawn() {
        return retention == Retention.WHILE_REPEATABLE && item != null;
    }

    /** A release that a later one has seen. */
    Remembered overAt(Instant time) {
        return new Remembered(operation, item, Retention.WHILE_REPEATABLE, time);
    }

    /** One operation as two versions remember it, made one. */
    Remembered join(Remembered other) {
        return new Remembered(
                operation,
                item == null ? other.item : item,
                retention.compareTo(other.retention) >= 0 ? retention : other.retention,
                other.at.isAfter(at) ? other.at : at);
    }
}
