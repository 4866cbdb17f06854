package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartLimits;
import io.dynamocart.app.cart.Carts;
import io.dynamocart.app.cart.ItemId;
import io.dynamocart.app.cart.Operation;
import io.dynamocart.app.cart.OperationId;
import io.dynamocart.app.cart.Shown;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, "Errors", 413: how large a request and a cart may be. */
class LimitsTests extends ContractTests {

    private static final int MAX_BODY = 16 * 1024;

    @Test
    void aBodyOf16KibIsRead() {
        http.post(cart + "/items", bodyOf(MAX_BODY)).is(201);
        sendChunked("PATCH", bodyOf(MAX_BODY)).is(202);
    }

    @Test
    void aLongerBodyIsRefusedByItsLength() {
        refused(() -> http.post(cart + "/items", bodyOf(MAX_BODY + 1))).isProblem(413, "body-too-large");
        refused(() -> http.patch(cart + "/items", bodyOf(MAX_BODY + 1))).isProblem(413, "body-too-large");
        refused(() -> http.post(cart + "/merge", bodyOf(MAX_BODY + 1))).isProblem(413, "body-too-large");
    }

    @Test
    void aLongerBodyIsRefusedAlsoWhereItDoesNotSayItsLength() {
        refused(() -> sendChunked("POST", bodyOf(MAX_BODY + 1))).isProblem(413, "body-too-large");
        refused(() -> sendChunked("PATCH", bodyOf(100_000))).isProblem(413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"})
    void aLongerBodyIsRefusedWhateverItIs(String type) {
        BodyPublisher body = BodyPublishers.ofString("a=" + "b".repeat(MAX_BODY));

        refused(() -> http.send("PATCH", cart + "/items", body, "Content-Type", type))
                .isProblem(413, "body-too-large");
        refused(() -> http.send("POST", cart + "/items", body, "Content-Type", type))
                .isProblem(413, "body-too-large");
    }

    @Test
    void aFormIsNotReadHoweverLong() {
        byte[] form = "a&".repeat(500_000).getBytes(StandardCharsets.US_ASCII);

        refused(() -> http.send(
                        "POST",
                        cart + "/items",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)),
                        "Content-Type",
                        "application/x-www-form-urlencoded"))
                .isProblem(415, "unsupported-media-type");
    }

    @Test
    void aLongerBodyIsRefusedAlsoWhereNoneIsExpected() {
        add("apple", 1);

        refused(() -> http.post(cart + "/checkout", bodyOf(MAX_BODY + 1))).isProblem(413, "body-too-large");
        refused(() -> http.send("DELETE", cart, Http.json(bodyOf(MAX_BODY + 1))))
                .isProblem(413, "body-too-large");
    }

    @Test
    void anItemMayBeThere9999Times() {
        add("apple", 9_998).is(201);
        add("apple", 1).is(201);

        refused(() -> add("apple", 1)).isProblem(413, "limit-exceeded").advises("ask for fewer");
        refused(() -> set("apple", 10_000)).isProblem(413, "limit-exceeded");
        refused(() -> add("pear", 10_000)).isProblem(413, "limit-exceeded");
        refused(() -> add("pear", Integer.MAX_VALUE)).isProblem(413, "limit-exceeded");
        set("apple", 9_999).is(202);
        remove("apple").is(202).says("items", "[]");
    }

    @Test
    void aCartMayHave500Lines() {
        fill(customer, 500, number -> "item-" + number);

        refused(() -> add("apple", 1)).isProblem(413, "limit-exceeded").advises("take one out first");
        refused(() -> set("apple", 1)).isProblem(413, "limit-exceeded");
        add("item-7", 1).is(201);
        set("item-7", 5).is(202);
        remove("item-7").is(202);
        add("apple", 1).is(201);
        refused(() -> add("pear", 1)).isProblem(413, "limit-exceeded");
    }

    @Test
    void aCartMayHave2000EntriesAndWhatIsTakenOutIsNeverRefused() {
        fill(customer, 2_000, _ -> "apple");

        refused(() -> add("apple", 1))
                .isProblem(413, "limit-exceeded")
                .advises("what was taken out or done is forgotten after 24 hours, those of merges after 31 days");
        refused(() -> set("apple", 1)).isProblem(413, "limit-exceeded");
        remove("pear", "Idempotency-Key", "k").is(202);
        set("plum", 0, "Idempotency-Key", "l").is(202);
        remove("apple").is(202).says("items", "[]");
        deleteCart("Idempotency-Key", "m").is(202);
        refused(() -> add("apple", 1)).isProblem(413, "limit-exceeded");
    }

    @Test
    void aCartAtItsLimitCanBeCheckedOut() {
        fill(customer, 2_000, _ -> "apple");

        checkOut().is(200).says("items", "[%s]".formatted(line("apple", 2_000, PRICE)));
        assertThat(content()).isEmpty();
    }

    @Test
    void aMergedCartMayExceedTheLimits() {
        String guest = newCustomer();
        fill(customer, 500, number -> "item-" + number);
        fill(guest, 100, number -> "gift-" + number);
        refused(() -> add("gift-0", 1)).isProblem(413, "limit-exceeded");

        http.post(cart + "/merge", "{'sessionId':'%s'}".formatted(guest))
                .is(200)
                .says("totalQuantity", "600");

        refused(() -> add("apple", 1)).isProblem(413, "limit-exceeded");
        remove("gift-0").is(202).says("totalQuantity", "599");
    }

    @Test
    void aMergedCartIsRefusedWhereTheStoreCouldNotHoldIt() {
        String longName = "x".repeat(120);
        for (int number = 0; number < 2; number++) {
            http.post(cart + "/merge", session(guestWith(longName))).is(200);
        }
        String guest = guestWith(longName);

        refused(() -> http.post(cart + "/merge", session(guest)))
                .isProblem(413, "limit-exceeded")
                .advises(
                        "take lines out of it by requests without an Idempotency-Key, for a merge out of the guest's cart first");

        http.get("/carts/" + guest).says("totalQuantity", "2000");
        for (int line = 1; line < 100; line++) {
            http.delete("/carts/" + guest + "/items/" + longName + line).is(202);
        }
        http.post(cart + "/merge", session(guest)).is(200);
        deleteCart().is(202).says("items", "[]");
    }

    private static String guestWith(String longName) {
        String guest = newCustomer();
        fill(guest, 2_000, number -> longName + number / 20);
        return guest;
    }

    private static String session(String guest) {
        return "{'sessionId':'%s'}".formatted(guest);
    }

    /** Adds as many times 1 of an item; not by HTTP, since this is not what is tested. */
    private static void fill(String customer, int adds, IntFunction<String> itemOf) {
        CartId cart = new CartId(customer);
        Carts carts = INSTANCE.get().bean(Carts.class);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int number = 0; number < adds; number++) {
            ItemId item = new ItemId(itemOf.apply(number));
            OperationId id = OperationId.ofAdd(cart, "fill-" + number, item, 1, PRICE);
            answers.add(carts.apply(cart, new Operation.Add(id, item, 1, PRICE), new Shown.Whole(), null));
            if (answers.size() == CartLimits.STANDARD.waiting()) {
                answers.forEach(CompletableFuture::join);
                answers.clear();
            }
        }
        answers.forEach(CompletableFuture::join);
    }

    private static String bodyOf(int bytes) {
        String line = line("apple", 1, PRICE);
        return line + " ".repeat(bytes - line.length());
    }

    private Answer sendChunked(String method, String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return http.send(
                method,
                cart + "/items",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)),
                "Content-Type",
                "application/json");
    }
}
