package io.dynamocart.app.cart;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a merge is half done: the guest's lines are in the customer's cart, but could not be taken out of the guest's,
 * or what the guest has taken out since could not be taken out of the customer's. To repeat the merge, under any key, ends it
 * and adds nothing twice.
 */
public final class UnfinishedMerge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnfinishedMerge(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param cause what the store or the guest's cart failed with */
    static UnfinishedMerge notEmptied(CartId customer, Throwable cause) {
        return new UnfinishedMerge(
                "cart %s has the guest's lines now, but the guest's cart has them too: %s"
                        .formatted(customer, cause.getMessage()),
                cause);
    }

    /** @param cause what the store or the customer's cart failed with */
    static UnfinishedMerge notWithdrawn(CartId customer, Throwable cause) {
        return new UnfinishedMerge(
                "cart %s has the guest's lines now, also those that the guest has taken out meanwhile: %s"
                        .formatted(customer, cause.getMessage()),
                cause);
    }

    /** The guest has changed its cart each time that it was to be emptied. */
    static UnfinishedMerge notFollowed(CartId customer) {
        return new UnfinishedMerge(
                "cart %s has the guest's lines now, also those that the guest has taken out meanwhile; the guest goes on changing them"
                        .formatted(customer),
                null);
    }
}
