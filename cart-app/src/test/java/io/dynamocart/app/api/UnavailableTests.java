package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.dynamocart.app.access.CartAccess;
import io.dynamocart.app.cart.CartId;
import io.dynamocart.app.cart.CartLimits;
import io.dynamocart.app.cart.Carts;
import io.dynamocart.app.cart.Clocks;
import io.dynamocart.app.cart.ItemId;
import io.dynamocart.app.cart.Operation;
import io.dynamocart.app.cart.OperationId;
import io.dynamocart.app.cart.Shown;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.dataformat.cbor.CBORMapper;

/** docs/api.md, "Errors", 429 and 503: the store, of which this has only a stub, does not do what it is asked for. */
class UnavailableTests {

    private static final String LINE = "{\"itemId\":\"apple\",\"quantity\":2,\"unitPrice\":150}";

    private long now;
    private final StubbedStore store = new StubbedStore();
    private final Carts carts = new Carts(
            store,
            new CartLimits(500, 9_999, 2_000, 1, Duration.ofHours(24), Duration.ofDays(31)),
            new Clocks(InstantSource.system(), System::nanoTime),
            Runnable::run);
    private final MockMvc service = MockMvcBuilders.standaloneSetup(
                    new CartController(carts, new Answers(store), CartAccess.open()))
            .setControllerAdvice(new ProblemAdvice(() -> now))
            .setCustomArgumentResolvers(new WriteHeadersResolver())
            .build();

    @Test
    void aReadThatTooFewReplicasAnswerSaysHowManyDid() throws Exception {
        store.readsWaitFor(failure(new StoreException.TooFewReplicas(
                "1 of 2 replicas needed for a read answered in time: [node-1]", 2, List.of("node-1"))));

        for (String path : List.of("", "/items", "/items/apple", "/versions")) {
            Answer answer = send("GET", path).isProblem(503, "too-few-replicas");
            assertThat(answer.text("detail"))
                    .contains("1 of 2 replicas", "node-1", "Nothing was read")
                    .doesNotContain("stored");
        }
    }

    @Test
    void aWriteThatCouldNotEvenReadStoredNothingAndSaysSo() throws Exception {
        store.readsWaitFor(failure(new StoreException.TooFewReplicas("0 of 2 replicas answered", 2, List.of())));

        everyWrite(
                answer -> assertThat(answer.isProblem(503, "too-few-replicas").text("detail"))
                        .contains("0 of 2 replicas", "Nothing was stored"));
    }

    @Test
    void aWriteThatTooFewConfirmSaysThatItMayHaveBeenKeptAndHowToRepeatIt() throws Exception {
        store.writesWaitFor(failure(new StoreException.OutcomeUnknown(
                "1 of 2 nodes acknowledged the write in time: [node-1]. It may have been kept or not",
                2,
                List.of("node-1"))));

        Answer answer = send("POST", "/items").isProblem(503, "outcome-unknown");

        assertThat(answer.text("detail"))
                .contains("1 of 2 nodes", "may have been kept or not", "same Idempotency-Key", "safe");
    }

    @Test
    void aMergeThatCouldNotEmptyTheGuestsCartDoesNotClaimThatNothingWasStored() throws Exception {
        CartId guest = new CartId("guest:1");
        carts.apply(guest, add("guest"), new Shown.Whole(), null).join();
        store.writesFail(guest.key(), new StoreException.TooFewReplicas("0 of 2 replicas answered", 2, List.of()));

        Answer answer = send("GET", "/merge?sessionId=guest:1").isProblem(503, "merge-unfinished");

        assertThat(answer.text("detail"))
                .contains("0 of 2 replicas", "guest's cart has them too", "Send the request again")
                .doesNotContain("Nothing was stored");
        assertThat(send("GET", "").body()).contains("apple");
    }

    @Test
    void whatAContextNamesAndNobodyCanReadIs503ForAllButAnAdd() throws Exception {
        for (String[] write :
                new String[][] {{"PATCH", "/items"}, {"DELETE", "/items/apple"}, {"DELETE", ""}, {"POST", "/checkout"}
                }) {
            Answer answer = send(write[0], write[1], "Cart-Context", "seen").isProblem(503, "context-not-covered");
            assertThat(answer.text("detail")).contains("Cart-Context");
        }
        send("POST", "/items", "Cart-Context", "seen").is(201);
    }

    @Test
    void aStoreThatShedsLoadIs429() throws Exception {
        store.readsWaitFor(failure(new StoreException.Overloaded("4096 requests are under way")));

        send("GET", "").isProblem(429, "overloaded");
        everyWrite(answer -> answer.isProblem(429, "overloaded"));
    }

    @Test
    void aCartForWhichTooManyOperationsWaitIs429() throws Exception {
        CompletableFuture<String> disk = new CompletableFuture<>();
        store.writesWaitFor(disk);
        CompletableFuture<?> first = carts.apply(new CartId("c"), add("first"), new Shown.Whole(), null);
        CompletableFuture<?> second = carts.apply(new CartId("c"), add("second"), new Shown.Whole(), null);

        everyWrite(answer -> answer.isProblem(429, "overloaded"));

        disk.complete("written");
        assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone);
        send("POST", "/items").is(201);
    }

    @Test
    void aCartWithTooManyVersionsIs503() throws Exception {
        store.writesWaitFor(failure(new StoreException.TooManyVersions("key cart/c has 128 versions")));

        send("POST", "/items").isProblem(503, "too-many-versions");
    }

    @Test
    void aCartOfALaterReleaseIs503AndNothingOfItIsStored() throws Exception {
        Key key = writtenByALaterRelease(new CartId("c"));
        Versions before = held(key);
        Consumer<Answer> refused = answer -> {
            answer.isProblem(503, "later-release")
                    .says("title", "'Not available here'")
                    .says(
                            "detail",
                            "'cart c was written by a later release (format 2, this instance reads 1); instances of that release serve it'");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        };

        for (String path : List.of("", "/items", "/items/apple")) {
            refused.accept(send("GET", path));
        }
        everyWrite(refused);

        assertThat(held(key)).isEqualTo(before);
    }

    /** Each request for such a cart would be a line, and whoever reads a guest's id has the cart. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogSaysSoOnceAMinuteAndDoesNotGiveAwayWhoseCartItIs(CapturedOutput log) throws Exception {
        String guest = "guest:d41d8cd98f00b204e9800998ecf8427e";
        writtenByALaterRelease(new CartId(guest));
        Duration almost = LaterReleases.PAUSE.minusNanos(1);

        for (Duration passed : List.of(Duration.ZERO, Duration.ZERO, almost, Duration.ofNanos(1), almost)) {
            now += passed.toNanos();
            service.perform(request(HttpMethod.GET, URI.create("/carts/" + guest)))
                    .andExpect(status().isServiceUnavailable());
        }

        assertThat(log.getAll().lines().filter(line -> line.contains("A later release has written carts, in format 2")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("WARN", "this instance reads 1"));
        assertThat(log).doesNotContain(guest, "OfLaterRelease", "A request failed");
    }

    @Test
    void aFaultOfOurOwnIs500AndTellsNothing() throws Exception {
        store.readsWaitFor(failure(new IllegalStateException("secret")));

        Answer answer = send("GET", "").isProblem(500, "internal-error");

        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogOfAFaultDoesNotGiveAwayTheGuestsCartThatMetIt(CapturedOutput log) throws Exception {
        store.readsWaitFor(failure(new IllegalStateException("a fault")));
        String guest = "guest:d41d8cd98f00b204e9800998ecf8427e";

        service.perform(request(HttpMethod.GET, URI.create("/carts/" + guest))).andReturn();

        assertThat(log).contains("/carts/{customerId}", "a fault").doesNotContain(guest);
    }

    @Test
    void aNodeWhoseClusterIsNotBornIs503() {
        try (Instance instance = Instance.waitingForAnother();
                Http http = new Http(instance.url())) {
            Answer read = http.get("/carts/c").isProblem(503, "not-ready");
            assertThat(read.text("detail")).contains("not born yet");
            http.post("/carts/c/items", LINE).isProblem(503, "not-ready");
            http.get("/carts/c/versions").isProblem(503, "not-ready");
            http.get("/carts/a%20b").isProblem(400, "invalid-request");
        }
    }

    private void everyWrite(Consumer<Answer> check) throws Exception {
        check.accept(send("POST", "/items"));
        check.accept(send("PATCH", "/items"));
        check.accept(send("DELETE", "/items/apple"));
        check.accept(send("DELETE", ""));
        check.accept(send("GET", "/merge?sessionId=c"));
        check.accept(send("POST", "/checkout"));
    }

    private Answer send(String method, String path, String... header) throws Exception {
        MockHttpServletRequestBuilder request = request(HttpMethod.valueOf(method), URI.create("/carts/c" + path))
                .contentType(MediaType.APPLICATION_JSON)
                .content(LINE);
        if (header.length > 0) {
            request.header(header[0], header[1]);
        }
        MockHttpServletResponse response = service.perform(request).andReturn().getResponse();
        Map<String, List<String>> headers = new TreeMap<>();
        response.getHeaderNames().forEach(name -> headers.put(name, response.getHeaders(name)));
        return new Answer(response.getStatus(), HttpHeaders.of(headers, (_, _) -> true), response.getContentAsString());
    }

    /** Entries by item, where the format of this release has a list. */
    private Key writtenByALaterRelease(CartId cart) {
        byte[] bytes =
                new CBORMapper().writeValueAsBytes(new TreeMap<>(Map.of("v", 2, "e", Map.of("socks", List.of(1)))));
        store.put(cart.key(), store.get(cart.key()).join().context(), Value.of(bytes))
                .join();
        return cart.key();
    }

    private Versions held(Key key) {
        return store.get(key).join().versions();
    }

    private static Operation add(String key) {
        ItemId item = new ItemId("apple");
        return new Operation.Add(OperationId.ofAdd(new CartId("c"), key, item, 1, 150), item, 1, 150);
    }

    private static CompletableFuture<?> failure(RuntimeException problem) {
        return CompletableFuture.failedFuture(problem);
    }
}
