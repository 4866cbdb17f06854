package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartSnapshot;
import io.dynamocart.app.cart.ItemId;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with the headers that every answer about a cart has: its tag, and what the client has now seen of it. */
@Component
class Answers {

    static final String CART_CONTEXT = "Cart-Context";

    private final DynamoStore store;

    Answers(DynamoStore store) {
        this.store = store;
    }

    /** What the client says that it has seen of the cart, null if it says nothing. */
    @Nullable
    Clock seen(CartId cart, @Nullable String context) {
        return context == null ? null : store.open(cart.key(), context).clock();
    }

    ResponseEntity<CartView> cart(HttpStatus status, CartSnapshot cart) {
        return of(status, cart, cart.context(), CartView.of(cart));
    }

    /** The line as it now is; one that is gone by now has quantity 0. */
    ResponseEntity<ItemView> line(HttpStatus status, CartSnapshot cart, ItemId item, @Nullable Clock seenBefore) {
        ItemView line = cart.state().line(item).map(ItemView::of).orElseGet(() -> new ItemView(item.name(), 0, 0));
        Clock before = seenBefore == null ? Clock.empty() : seenBefore;
        return of(status, cart, cart.contextOfLine(item, before), line);
    }

    <T> ResponseEntity<T> of(HttpStatus status, CartSnapshot cart, Context seen, T body) {
        return ResponseEntity.status(status)
                .eTag(cart.tag())
                .header(CART_CONTEXT, store.seal(seen))
                .body(body);
    }
}
