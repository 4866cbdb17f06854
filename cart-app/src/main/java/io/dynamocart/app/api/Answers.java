package io.dynamocart.app.api;

import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartSnapshot;
import io.dynamocart.app.cart.OperationId;
import io.dynamocart.app.cart.Shown;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.version.Clock;
import java.util.List;
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
        return of(status, cart, new Shown.Whole(), CartView.of(cart));
    }

    ResponseEntity<List<ItemView>> lines(HttpStatus status, CartSnapshot cart) {
        return of(status, cart, new Shown.Whole(), CartView.of(cart).items());
    }

    /** The line as it now is; one that is gone by now has quantity 0. */
    ResponseEntity<ItemView> line(HttpStatus status, CartSnapshot cart, Shown.OneLine shown) {
        ItemView line = cart.state()
                .line(shown.item())
                .map(ItemView::of)
                .orElseGet(() -> new ItemView(shown.item().name(), 0, 0));
        return of(status, cart, shown, line);
    }

    ResponseEntity<OrderView> order(HttpStatus status, CartSnapshot cart, OperationId checkout, Shown.OrderOnly shown) {
        OrderView order = cart.state()
                .orderOf(checkout)
                .map(OrderView::of)
                .orElseThrow(
                        () -> new IllegalStateException("a checkout of cart %s left no order".formatted(cart.cart())));
        return of(status, cart, shown, order);
    }

    private <T> ResponseEntity<T> of(HttpStatus status, CartSnapshot cart, Shown shown, T body) {
        return ResponseEntity.status(status)
                .eTag(cart.tag())
                .header(CART_CONTEXT, store.seal(cart.contextFor(shown)))
                .body(body);
    }
}
