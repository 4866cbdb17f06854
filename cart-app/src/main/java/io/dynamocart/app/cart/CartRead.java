package io.dynamocart.app.cart;

import io.dynamocart.store.GetResult;
import java.util.List;

/**
 * A cart as it was read: the versions that the store returned, merged.
 *
 * @param found what the store returned, and the context to write with
 */
record CartRead(CartId cart, GetResult found, CartState state) {

    static CartRead of(CartId cart, GetResult found, List<CartVersion> versions, MergeStrategy strategy) {
        // The ordinary case: what is merged with nothing is itself
        CartState state = versions.size() == 1
                ? versions.getFirst().state()
                : strategy.merge(versions).state();
        return new CartRead(cart, found, state);
    }
}
