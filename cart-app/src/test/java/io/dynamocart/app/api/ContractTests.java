package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What all contract tests have: the shared instance, a client, and a cart that nobody else uses. */
abstract class ContractTests {

    static final int PRICE = 150;

    private static final AtomicInteger CARTS = new AtomicInteger();

    @RegisterExtension
    static final SharedInstance INSTANCE = new SharedInstance();

    final Http http = new Http(INSTANCE.get().url());
    final String customer = newCustomer();
    final String cart = "/carts/" + customer;

    @AfterEach
    void everyAnswerWasAsTheApiIsDescribed() {
        http.close();
        assertThat(INSTANCE.description().contradictions(http.exchanges())).isEmpty();
    }

    static String newCustomer() {
        return "shopper-" + CARTS.incrementAndGet();
    }

    final Answer read(String... headers) {
        return http.get(cart, headers);
    }

    final Answer add(String item, int quantity, String... headers) {
        return http.post(cart + "/items", line(item, quantity, PRICE), headers);
    }

    final Answer set(String item, int quantity, String... headers) {
        return http.patch(cart + "/items", line(item, quantity, PRICE), headers);
    }

    final Answer remove(String item, String... headers) {
        return http.delete(cart + "/items/" + item, headers);
    }

    final Answer deleteCart(String... headers) {
        return http.delete(cart, headers);
    }

    final Answer checkOut(String... headers) {
        return http.post(cart + "/checkout", "", headers);
    }

    /** The quantities in the cart, as {@code apple 2, pear 1}. */
    final String content() {
        return contentOf(cart);
    }

    final String contentOf(String path) {
        StringBuilder content = new StringBuilder();
        for (var line : http.get(path).is(200).json().path("items")) {
            content.append(content.isEmpty() ? "" : ", ")
                    .append(line.path("itemId").asString())
                    .append(' ')
                    .append(line.path("quantity").asString());
        }
        return content.toString();
    }

    /** Sends a request that is refused, and checks that nothing of it is stored: not even a new version of the cart. */
    final Answer refused(Supplier<Answer> request) {
        Answer before = http.get(cart + "/versions").is(200);
        Answer answer = request.get();
        assertThat(http.get(cart + "/versions").is(200).json()).isEqualTo(before.json());
        return answer;
    }

    static String line(String item, int quantity, int unitPrice) {
        return "{'itemId':'%s','quantity':%d,'unitPrice':%d}".formatted(item, quantity, unitPrice);
    }
}
