package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/api.md, "Beyond it": a guest's cart into that of the customer the guest turns out to be. */
class MergeTests extends ContractTests {

    private final String guest = newCustomer();
    private final String guestCart = "/carts/" + guest;

    @Test
    void theGuestsCartIsTakenInAndLeftEmpty() {
        addToGuest("pear", 2);
        add("apple", 1);

        merge().is(200).says("""
                {'customerId':'%s',
                 'items':[{'itemId':'apple','quantity':1,'unitPrice':150},
                          {'itemId':'pear','quantity':2,'unitPrice':99}],
                 'totalQuantity':3,'subtotal':348,'conflictingOrders':[]}""".formatted(customer));

        assertThat(content()).isEqualTo("apple 1, pear 2");
        assertThat(contentOf(guestCart)).isEmpty();
    }

    @Test
    void quantitiesAdd() {
        addToGuest("apple", 2);
        add("apple", 3);
        set("pear", 4);
        http.patch(guestCart + "/items", line("pear", 5, PRICE)).is(202);

        merge().is(200);

        assertThat(content()).isEqualTo("apple 5, pear 9");
    }

    @Test
    void repeatingItChangesNothing() {
        addToGuest("pear", 2);
        merge().is(200);
        Answer merged = read();

        merge().is(200);
        merge("Idempotency-Key", "again").is(200);

        assertThat(read().json()).isEqualTo(merged.json());
    }

    @Test
    void runningItManyTimesAtOnceMergesOnce() throws Exception {
        addToGuest("pear", 2);
        add("apple", 1);
        Callable<Answer> merge = this::merge;

        try (ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> logins =
                    IntStream.range(0, 20).mapToObj(_ -> merge).toList();
            for (Future<Answer> answer : devices.invokeAll(logins)) {
                answer.get().is(200);
            }
        }

        assertThat(content()).isEqualTo("apple 1, pear 2");
        assertThat(contentOf(guestCart)).isEmpty();
    }

    @Test
    void mergingBackLosesNothing() {
        addToGuest("pear", 2);
        add("apple", 1);
        merge().is(200);

        http.post(guestCart + "/merge", session(customer)).is(200).says("totalQuantity", "3");
        assertThat(contentOf(guestCart)).isEqualTo("apple 1, pear 2");
        assertThat(content()).isEmpty();

        merge().is(200).says("totalQuantity", "3");
        assertThat(content()).isEqualTo("apple 1, pear 2");
    }

    @Test
    void aCartMergedIntoItselfLosesNothing() {
        add("apple", 1);

        http.post(cart + "/merge", session(customer)).is(200).says("totalQuantity", "1");
        http.get(cart + "/merge?sessionId=" + customer).is(202).says("totalQuantity", "1");

        assertThat(content()).isEqualTo("apple 1");
    }

    @Test
    void anEmptyGuestCartChangesNothing() {
        add("apple", 1);

        refused(this::merge).is(200).says("totalQuantity", "1");
    }

    @Test
    void whatTheGuestAddsAfterwardsIsMergedTheNextTime() {
        addToGuest("pear", 2);
        merge().is(200);
        addToGuest("pear", 1);

        assertThat(content()).isEqualTo("pear 2");
        merge().is(200);
        assertThat(content()).isEqualTo("pear 3");
    }

    @Test
    void soIsWhatTheGuestSets() {
        http.patch(guestCart + "/items", line("pear", 4, PRICE)).is(202);
        merge().is(200);
        http.patch(guestCart + "/items", line("pear", 3, PRICE)).is(202);

        merge().is(200);
        assertThat(content()).isEqualTo("pear 7");
        assertThat(contentOf(guestCart)).isEmpty();
    }

    @Test
    void whatTheCustomerHasRemovedSinceStaysRemoved() {
        addToGuest("pear", 2);
        merge().is(200);
        remove("pear");

        merge().is(200).says("items", "[]");
    }

    /** Which Spring would give to whoever answers a GET: that reads nothing, so it must have no effect. */
    @Test
    void aHeadMergesNothing() {
        addToGuest("pear", 2);

        Answer answer = http.send("HEAD", cart + "/merge?sessionId=" + guest, BodyPublishers.noBody());

        assertThat(answer.is(405).header("Allow").split(", ?", -1)).containsExactlyInAnyOrder("GET", "POST");
        assertThat(contentOf(guestCart)).isEqualTo("pear 2");
        assertThat(content()).isEmpty();
    }

    @Test
    void aHeadOfWhatOnlyReadsIsAnsweredAsItsGet() {
        add("apple", 1);

        Answer head = http.send("HEAD", cart, BodyPublishers.noBody()).is(200);

        assertThat(head.tag()).isEqualTo(read().tag());
        assertThat(head.body()).isEmpty();
    }

    private void addToGuest(String item, int quantity) {
        http.post(guestCart + "/items", line(item, quantity, 99)).is(201);
    }

    private Answer merge(String... headers) {
        return http.post(cart + "/merge", session(guest), headers);
    }

    private static String session(String session) {
        return "{'sessionId':'%s'}".formatted(session);
    }
}
