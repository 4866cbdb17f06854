package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, "Headers": the same Idempotency-Key and the same request have one effect, however often they arrive. */
class IdempotencyTests extends ContractTests {

    private static final String KEY = "Idempotency-Key";
    private static final String RULE = "must be 1 to 255 visible ASCII characters, and spaces between them";

    private final String guest = newCustomer();

    @Test
    void aRepeatedAddAddsOnce() {
        add("apple", 2, KEY, "k").is(201);

        refused(() -> add("apple", 2, KEY, "k")).is(201).says(line("apple", 2, PRICE));
    }

    @Test
    void aRepeatedAddIsAnsweredWithTheLineAsItIsNow() {
        add("apple", 2, KEY, "k");
        add("apple", 3);
        add("apple", 2, KEY, "k").is(201).says(line("apple", 5, PRICE));

        remove("apple");
        add("apple", 2, KEY, "k").is(201).says("quantity", "0");
        assertThat(content()).isEmpty();
    }

    @Test
    void aRepeatedSetSetsOnce() {
        set("apple", 4, KEY, "k").is(202);
        set("apple", 7).is(202);

        refused(() -> set("apple", 4, KEY, "k")).is(202).says(line("apple", 7, PRICE));
    }

    @Test
    void aRepeatedSetToZeroRemovesOnce() {
        add("apple", 2);
        set("apple", 0, KEY, "k").is(202);
        add("apple", 1);

        refused(() -> set("apple", 0, KEY, "k")).is(202).says(line("apple", 1, PRICE));
    }

    @Test
    void aRepeatedRemoveRemovesOnce() {
        add("apple", 2);
        remove("apple", KEY, "k").is(202);
        add("apple", 1);

        refused(() -> remove("apple", KEY, "k")).is(202).says("totalQuantity", "1");
    }

    @Test
    void aRepeatedRemoveOfWhatWasNotThereRemovesNothing() {
        remove("apple", KEY, "k").is(202);
        add("apple", 1);

        remove("apple", KEY, "k").is(202);
        assertThat(content()).isEqualTo("apple 1");
    }

    @Test
    void aRepeatedDeleteOfTheCartDeletesOnce() {
        add("apple", 2);
        deleteCart(KEY, "k").is(202);
        add("pear", 1);

        refused(() -> deleteCart(KEY, "k")).is(202).says("totalQuantity", "1");
    }

    @Test
    void aRepeatedMergeMergesOnceAlsoByTheOtherMethod() {
        guestAdds("pear", 2);
        mergeByGet(KEY, "k").is(202);
        guestAdds("plum", 1);

        mergeByGet(KEY, "k").is(202).says("totalQuantity", "2");
        merge(KEY, "k").is(200).says("totalQuantity", "2");

        assertThat(content()).isEqualTo("pear 2");
        assertThat(contentOf("/carts/" + guest)).isEqualTo("plum 1");
    }

    @Test
    void aRepeatedCheckoutGivesTheSameOrder() {
        add("apple", 2);
        Answer first = checkOut(KEY, "k").is(200);
        add("pear", 1);

        refused(() -> checkOut(KEY, "k")).is(200).says(first.body());
    }

    @Test
    void manyTriesAtOnceHaveOneEffect() throws Exception {
        Callable<Answer> tryOnce = () -> add("apple", 2, KEY, "k");
        try (ExecutorService network = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> tries =
                    IntStream.range(0, 30).mapToObj(_ -> tryOnce).toList();
            for (Future<Answer> answer : network.invokeAll(tries)) {
                answer.get().is(201).says(line("apple", 2, PRICE));
            }
        }
    }

    @Test
    void withoutAKeyEveryRequestCounts() {
        add("apple", 2);
        add("apple", 2).says(line("apple", 4, PRICE));
    }

    @Test
    void aKeyBelongsToItsCart() {
        add("apple", 2, KEY, "k");

        http.post("/carts/" + guest + "/items", line("apple", 3, PRICE), KEY, "k")
                .is(201);
        assertThat(contentOf("/carts/" + guest)).isEqualTo("apple 3");
    }

    @Test
    void aKeyUsedForAnotherRequestIsRefused() {
        guestAdds("pear", 1);
        add("apple", 2, KEY, "k").is(201);
        List<Supplier<Answer>> others = List.of(
                () -> add("apple", 3, KEY, "k"),
                () -> add("pear", 2, KEY, "k"),
                () -> http.post(cart + "/items", line("apple", 2, PRICE + 1), KEY, "k"),
                () -> set("apple", 2, KEY, "k"),
                () -> set("apple", 0, KEY, "k"),
                () -> remove("apple", KEY, "k"),
                () -> deleteCart(KEY, "k"),
                () -> merge(KEY, "k"),
                () -> mergeByGet(KEY, "k"),
                () -> checkOut(KEY, "k"));

        for (Supplier<Answer> other : others) {
            refused(other).isProblem(422, "idempotency-key-reused");
        }
        assertThat(content()).isEqualTo("apple 2");
        assertThat(contentOf("/carts/" + guest)).isEqualTo("pear 1");
    }

    @Test
    void theKeyOfARemovedLineIsStillKnown() {
        add("apple", 2, KEY, "k");
        remove("apple");

        refused(() -> add("pear", 1, KEY, "k")).isProblem(422, "idempotency-key-reused");
    }

    @Test
    void aReplayComesBeforeIfMatch() {
        String tag = read().tag();
        add("apple", 2, KEY, "k", "If-Match", tag).is(201);

        add("apple", 2, KEY, "k", "If-Match", tag).is(201).says(line("apple", 2, PRICE));
    }

    @Test
    void aReplayOfACheckoutComesBeforeFindingTheCartEmpty() {
        add("apple", 2);
        String tag = read().tag();
        Answer first = checkOut(KEY, "k", "If-Match", tag).is(200);

        checkOut(KEY, "k", "If-Match", tag).is(200).says(first.body());
    }

    @Test
    void aReplayComesBeforeTheLimits() {
        add("apple", 9_000, KEY, "k").is(201);

        add("apple", 9_000, KEY, "k").is(201).says(line("apple", 9_000, PRICE));
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() {
        String old = read().tag();
        String now = add("apple", 2).tag();
        add("apple", 1, KEY, "k", "If-Match", old).is(412);
        add("apple", 9_999, KEY, "k").is(413);
        http.post(cart + "/items", "{}", KEY, "k").is(400);

        add("apple", 1, KEY, "k", "If-Match", now).is(201).says(line("apple", 3, PRICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "a b", "!~"})
    void aKeyIsAnyVisibleText(String key) {
        add("apple", 1, KEY, key).is(201);
        add("apple", 1, KEY, key).is(201).says(line("apple", 1, PRICE));
    }

    @Test
    void aRequestHasOneKey() {
        List.<Supplier<Answer>>of(
                        () -> add("apple", 1, KEY, "k", KEY, "l"),
                        () -> set("apple", 1, KEY, "k", KEY, "k"),
                        () -> remove("apple", KEY, "k", KEY, "l"),
                        () -> deleteCart(KEY, "k", KEY, "l"),
                        () -> checkOut(KEY, "k", KEY, "l"),
                        () -> http.post(cart + "/merge", "{'sessionId':'guest'}", KEY, "k", KEY, "l"))
                .forEach(request -> refused(request).blames(KEY, "is given more than once"));
    }

    @Test
    void aKeyMayHave255Characters() {
        add("apple", 1, KEY, "k".repeat(255)).is(201);
        refused(() -> add("apple", 1, KEY, "k".repeat(256))).blames(KEY, RULE);
        refused(() -> add("apple", 1, KEY, "")).blames(KEY, RULE);
    }

    private void guestAdds(String item, int quantity) {
        http.post("/carts/" + guest + "/items", line(item, quantity, PRICE)).is(201);
    }

    private Answer merge(String... headers) {
        return http.post(cart + "/merge", "{'sessionId':'%s'}".formatted(guest), headers);
    }

    private Answer mergeByGet(String... headers) {
        return http.get(cart + "/merge?sessionId=" + guest, headers);
    }
}
