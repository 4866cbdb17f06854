package io.dynamocart.app.cart;

/**
 * Thrown where an operation on a cart cannot be done. Nothing of it was stored.
 */
public abstract sealed class CartProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CartProblem(String message) {
        super(message, null, true, false);
    }

    /** The cart would become larger than a cart may be. */
    public static final class LimitExceeded extends CartProblem {
        private static final long serialVersionUID = 1L;

        LimitExceeded(String message) {
            super(message);
        }
    }

    /** The cart is not as the client says it should be. */
    public static final class Changed extends CartProblem {
        private static final long serialVersionUID = 1L;

        Changed(CartId cart) {
            super("cart %s has changed since the version named in If-Match; read it again".formatted(cart));
        }
    }

    /** The idempotency key was used before for another request. */
    public static final class KeyReused extends CartProblem {
        private static final long serialVersionUID = 1L;

        KeyReused(CartId cart) {
            super("this Idempotency-Key was used for another request on cart %s; take a new key for a new request"
                    .formatted(cart));
        }
    }

    /** Nothing is in the cart, or nothing that the client has seen. */
    public static final class NothingToCheckOut extends CartProblem {
        private static final long serialVersionUID = 1L;

        NothingToCheckOut(CartId cart) {
            super("cart %s holds nothing that this checkout could take; read it again".formatted(cart));
        }
    }

    /** The replicas that answered do not hold all that the client has seen. */
    public static final class ContextNotCovered extends CartProblem {
        private static final long serialVersionUID = 1L;

        ContextNotCovered(CartId cart) {
            super(
                    "the replicas of cart %s that can be reached do not hold all that the Cart-Context names; try again, and if that goes on, read the whole cart again"
                            .formatted(cart));
        }
    }

    /** The cart is of a format that only later releases know. Any operation on it can be done by their instances. */
    public static final class OfLaterRelease extends CartProblem {
        private static final long serialVersionUID = 1L;

        private final int found;
        private final int known;

        OfLaterRelease(CartId cart, int found, int known) {
            super(
                    "cart %s was written by a later release (format %d, this instance reads %d); instances of that release serve it"
                            .formatted(cart, found, known));
            this.found = found;
            this.known = known;
        }

        /** The format of the cart. */
        public int found() {
            return found;
        }

        /** The format that this release reads. */
        public int known() {
            return known;
        }
    }

    /** More operations wait for this cart than may, or they wait for longer than a request may take. */
    public static final class TooBusy extends CartProblem {
        private static final long serialVersionUID = 1L;

        private TooBusy(String message) {
            super(message);
        }

        static TooBusy tooMany(CartId cart, int waiting) {
            return new TooBusy(
                    "%d operations already wait for cart %s; try again in a moment".formatted(waiting, cart));
        }

        static TooBusy tooSlow(CartId cart) {
            return new TooBusy(
                    "those that came before to cart %s took too long; try again in a moment".formatted(cart));
        }
    }
}
