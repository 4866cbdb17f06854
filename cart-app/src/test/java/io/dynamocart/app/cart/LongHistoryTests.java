package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import org.junit.jupiter.api.Test;

/** A cart that was written at hundreds of starts of its nodes, each under a name of its own. */
class LongHistoryTests {

    private static final int STARTS = 300;
    private static final CartId CART = Side.CART;

    private final CartNode node = new CartNode("node-1");

    @Test
    void aCheckoutTakesAllThatItsShopperSaw() {
        node.add(CART, "apple", 1);
        writeAtManyStarts();
        node.add(CART, "pear", 2);
        node.store().restarts();
        node.add(CART, "plum", 3);

        Order order = checkedOut(asClientsKeepIt(node.carts().get(CART).join().contextFor(new Shown.Whole())));
        assertThat(order.lines()).extracting(line -> line.item().name()).containsExactly("apple", "pear", "plum");
    }

    private void writeAtManyStarts() {
        for (int i = 0; i < STARTS; i++) {
            node.store().restarts();
            node.add(CART, "fig", 1);
            node.remove(CART, "fig");
        }
    }

    private Clock asClientsKeepIt(Context context) {
        return node.store().open(CART.key(), node.store().seal(context)).clock();
    }

    private Order checkedOut(Clock seen) {
        Operation checkout = new Operation.Checkout(OperationId.of(CART, "checkout"), seen);
        return node.carts()
                .apply(CART, checkout, new Shown.OrderOnly(seen), null)
                .join()
                .state()
                .orderOf(checkout.id())
                .orElseThrow();
    }
}
