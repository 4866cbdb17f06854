package io.dynamocart.app.cart;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An operation that has no entry in the cart, or no longer one, and must not have its effect again: a removed entry, a
 * remove, a checkout.
 *
 * @param item the line it was about, null if about the whole cart
 * @param copied whether its entry was copied from a guest's cart; then it is remembered for as long as that cart may
 *     live, since a login that died half-way may be ended at any time
 * @param at the latest clock that was in sight when it was written, to know when nobody will repeat it any more
 */
public record Remembered(OperationId operation, @Nullable ItemId item, boolean copied, Instant at) {

    public Remembered {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Of the release of what was copied from this cart. Kept like a copy: a set that has seen it may live as long. */
    static Remembered release(OperationId operation, Instant at) {
        return new Remembered(operation, null, true, at);
    }

    boolean isRelease() {
        return copied && item == null;
    }

    /** One operation as two versions remember it, made one: it is kept as long as either would keep it. */
    Remembered join(Remembered other) {
        boolean later = other.at.isAfter(at);
        return new Remembered(
                operation, item == null ? other.item : item, copied || other.copied, later ? other.at : at);
    }
}
