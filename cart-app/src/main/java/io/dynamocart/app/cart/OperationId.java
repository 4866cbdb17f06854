package io.dynamocart.app.cart;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an operation on a cart: the same for every try of one request, on whichever node and however often,
 * and different for any other request.
 *
 * <p>Carts keep it, so each kind's words and their order are part of what is stored and never change: under other words
 * a retry after an upgrade would be refused as another request.
 *
 * @param key hash of the cart and the client's idempotency key
 * @param request hash of what the request asks for
 */
public record OperationId(Hash key, Hash request) implements Comparable<OperationId> {

    public static OperationId ofAdd(CartId cart, String idempotencyKey, ItemId item, int quantity, long unitPrice) {
        return of(cart, idempotencyKey, "add", item.name(), "" + quantity, "" + unitPrice);
    }

    /** @param unitPrice null where the client sent none, since it takes the item out */
    public static OperationId ofSet(
            CartId cart, String idempotencyKey, ItemId item, int quantity, @Nullable Long unitPrice) {
        return of(cart, idempotencyKey, "set", item.name(), "" + quantity, "" + unitPrice);
    }

    public static OperationId ofRemove(CartId cart, String idempotencyKey, ItemId item) {
        return of(cart, idempotencyKey, "remove", item.name());
    }

    public static OperationId ofClear(CartId cart, String idempotencyKey) {
        return of(cart, idempotencyKey, "delete cart");
    }

    public static OperationId ofCheckout(CartId cart, String idempotencyKey) {
        return of(cart, idempotencyKey, "check out");
    }

    /** @param cart the customer's */
    public static OperationId ofMerge(CartId cart, String idempotencyKey, CartId guest) {
        return of(cart, idempotencyKey, "merge", guest.name());
    }

    /**
     * That of taking these out of a guest's cart, for all who know of the same releases before it.
     *
     * @param before where quantities were set until then
     * @param taken in their order
     */
    static OperationId ofRelease(CartId guest, Register before, List<OperationId> taken) {
        Stream<String> texts = Stream.concat(
                Stream.of(guest.name(), before.name()), taken.stream().map(OperationId::toString));
        return new OperationId(Hash.of(texts.toArray(String[]::new)), Hash.of("release"));
    }

    /**
     * @param idempotencyKey chosen by the client, or drawn at random where it chose none
     * @param request the kind of the operation and all that the client asks of it
     */
    static OperationId of(CartId cart, String idempotencyKey, String... request) {
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
