package io.dynamocart.app.cart;

/**
 * The identity of an operation on a cart: the same for every try of one request, on whichever node and however often,
 * and different for any other request.
 *
 * @param key hash of the cart and the client's idempotency key
 * @param request hash of what the request asks for
 */
public record OperationId(Hash key, Hash request) implements Comparable<OperationId> {

    /**
     * The identity of a request.
     *
     * @param idempotencyKey chosen by the client, or drawn at random where it chose none
     * @param request everything that distinguishes it from other requests: method, path, body
     */
    public static OperationId of(CartId cart, String idempotencyKey, String... request) {
        return new OperationId(Hash.of(cart.name(), idempotencyKey), Hash.of(request));
    }

    /** The identity that this operation's entries have when they are copied from {@code guest} into another cart. */
    public OperationId copiedFrom(CartId guest) {
        return new OperationId(
                Hash.of("guest", guest.name(), key.toString()), Hash.of("guest", guest.name(), request.toString()));
    }

    /** Whether both have the same idempotency key, and ask for different things. */
    public boolean misuses(OperationId other) {
        return key.equals(other.key) && !request.equals(other.request);
    }

    @Override
    public int compareTo(OperationId other) {
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : request.compareTo(other.request);
    }

    @Override
    public String toString() {
        return key + "-" + request;
    }
}
