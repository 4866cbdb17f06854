package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** docs/api.md, "Beyond it": what the shopper saw becomes an order. */
class CheckoutTests extends ContractTests {

    @Test
    void theCartBecomesAnOrderAndIsEmpty() {
        http.post(cart + "/items", line("apple", 2, 150));
        http.post(cart + "/items", line("pear", 1, 99));

        Answer order = checkOut().is(200);

        assertThat(order.text("orderId")).isNotBlank();
        order.says("items", """
                        [{'itemId':'apple','quantity':2,'unitPrice':150},
                         {'itemId':'pear','quantity':1,'unitPrice':99}]""").says("totals", "{'totalQuantity':3,'subtotal':399}");
        assertThat(content()).isEmpty();
    }

    @Test
    void nothingBeyondTheOrderIsSaid() {
        add("apple", 1);

        assertThat(checkOut().json().propertyNames()).containsExactlyInAnyOrder("orderId", "items", "totals");
    }

    @Test
    void whatTheShopperDidNotSeeStays() {
        String seen = add("apple", 2).context();
        add("apple", 3);
        add("pear", 1);

        checkOut("Cart-Context", seen)
                .is(200)
                .says("items", "[{'itemId':'apple','quantity':2,'unitPrice':150}]")
                .says("totals", "{'totalQuantity':2,'subtotal':300}");
        assertThat(content()).isEqualTo("apple 3, pear 1");
    }

    @Test
    void theSameKeyGivesTheSameOrder() {
        add("apple", 2);
        Answer first = checkOut("Idempotency-Key", "pay").is(200);
        add("pear", 1);

        checkOut("Idempotency-Key", "pay").is(200).says(first.body());
        assertThat(content()).isEqualTo("pear 1");
    }

    @Test
    void anotherKeyMakesAnotherOrder() {
        add("apple", 2);
        Answer first = checkOut("Idempotency-Key", "one").is(200);
        add("apple", 2);
        Answer second = checkOut("Idempotency-Key", "two").is(200);

        assertThat(second.text("orderId")).isNotEqualTo(first.text("orderId"));
        read().says("conflictingOrders", "[]");
    }

    @Test
    void anEmptyCartCannotBeCheckedOut() {
        refused(this::checkOut).isProblem(404, "nothing-to-check-out");
    }

    @Test
    void aCartOfWhichNothingWasSeenCannotBeCheckedOut() {
        String nothing = read().context();
        add("apple", 2);

        refused(() -> checkOut("Cart-Context", nothing)).isProblem(404, "nothing-to-check-out");
        assertThat(content()).isEqualTo("apple 2");
    }

    @Test
    void anOrderShowsNothingOfWhatStaysInTheCart() {
        String seen = add("apple", 2).context();
        add("socks", 1);
        String after = checkOut("Cart-Context", seen).is(200).context();

        refused(() -> checkOut("Cart-Context", after)).isProblem(404, "nothing-to-check-out");
        deleteCart("Cart-Context", after).is(202);
        assertThat(content()).isEqualTo("socks 1");
    }
}
