package io.dynamocart.app.cart;

/**
 * A guest's cart was taken into the customer's, and could not be emptied. Until the merge is repeated both have it; to
 * repeat it, under any key, adds nothing more.
 */
public final class UnfinishedMerge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the store or the guest's cart failed with */
    UnfinishedMerge(CartId customer, Throwable cause) {
        super(
                "cart %s has the guest's lines now, but the guest's cart has them too: %s"
                        .formatted(customer, cause.getMessage()),
                cause);
    }
}
