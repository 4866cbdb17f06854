package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the web server refuses by itself, before the application sees it, has the same form; and what HTTP asks for. */
@ExtendWith(OutputCaptureExtension.class)
class ServerRefusalTests extends ContractTests {

    private static final String HOST = "Host: localhost";
    private static final String CLOSE = "Connection: close";
    private static final String NO_HTTP = "the request line or a header is not valid, or too long";

    @ParameterizedTest
    @ValueSource(
            strings = {"/carts/a%2Fb", "/carts/a%2fb/items", "/carts/a%5Cb", "/carts/%zz", "/carts/%", "/carts/a%00b"})
    void aPathThatCannotBeDecoded(String path) {
        Answer answer = http.raw("GET " + path + " HTTP/1.1", HOST, CLOSE).isProblem(400, "bad-request");

        assertThat(answer.text("instance")).startsWith("/");
        assertThat(answer.text("detail")).isEqualTo(NO_HTTP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/carts/a|b",
                "/carts/{c}",
                "/carts/a^b",
                "/carts/a\"b",
                "/carts/<c>",
                "/carts/\u00e4",
                "/carts/a\\b",
                "/carts/[c]",
                "//["
            })
    void aPathThatIsNone(String path) {
        http.raw("GET " + path + " HTTP/1.1", HOST, CLOSE).isProblem(400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../..", "/carts/../..", "/carts/%2e%2e/%2e%2e"})
    void aPathThatLeavesTheServer(String path) {
        http.raw("GET " + path + " HTTP/1.1", HOST, CLOSE).isProblem(400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "///", "//nowhere", "//nowhere:x/y", "//carts/c"})
    void aPathThatBeginsAsAHostDoes(String path) {
        http.raw("GET " + path + " HTTP/1.1", HOST, CLOSE).isProblem(404, "not-found");
    }

    /** Tomcat does not decode what follows a semicolon, Spring does. */
    @ParameterizedTest
    @ValueSource(strings = {"/carts;%zz/c", "/carts/c;a=%zz", "/;a=%f", "/nowhere;%;"})
    void aParameterOfAPathThatCannotBeDecoded(String path, CapturedOutput log) {
        http.raw("GET " + path + " HTTP/1.1", HOST, CLOSE).isProblem(400, "bad-request");

        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    void thePageIsAtItsPathOnly() {
        http.get("/;a=b").blames("path", "must not contain a semicolon");
    }

    /** The rest of a body is read after the answer, and may turn out to be none. */
    @Test
    void anAnswerIsOneAnswerWhateverFollows(CapturedOutput log) {
        Answer answer = http.raw(
                "GET " + cart + " HTTP/1.1", HOST, CLOSE, "Transfer-Encoding: chunked", "", "2", "{}", "zz", "{}");

        answer.is(200).says("totalQuantity", "0");
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    void norIsABodyInTheWayOfAnAnswerThatHasNone(CapturedOutput log) {
        String tag = "If-None-Match: " + http.get("/").tag();
        String length = "Content-Length: 2";

        http.raw("GET / HTTP/1.1", HOST, CLOSE, tag, length, "", "{}").is(304);
        http.raw("HEAD / HTTP/1.1", HOST, CLOSE, length, "", "{}").is(200);
        http.raw("OPTIONS / HTTP/1.1", HOST, CLOSE, length, "", "{}").is(200);
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessionId=%zz", "sessionId=%", "sessionId=g&x=%f", "sessionId=%ff", "sessionId=%c3%28"})
    void aQueryThatCannotBeDecoded(String query, CapturedOutput log) {
        Answer answer = http.raw("GET " + cart + "/merge?" + query + " HTTP/1.1", HOST, CLOSE)
                .is(400);

        assertThat(answer.text("detail")).contains("query");
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    void aQueryOfThousandsOfParameters(CapturedOutput log) {
        http.get(cart + "/merge?sessionId=guest" + "&a".repeat(2_000)).isProblem(400, "bad-request");

        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "GET", "GET /carts/c HTTP/9.9", "GET /carts/c HTTP/1.1 more"})
    void aRequestLineThatIsNone(String line) {
        Answer answer = http.raw(line, HOST, CLOSE);

        assertThat(answer.status()).isIn(400, 505);
        answer.isProblem(answer.status(), answer.status() == 400 ? "bad-request" : "http-version-not-supported");
    }

    @Test
    void aRequestWithoutAHost() {
        http.raw("GET /carts/c HTTP/1.1", CLOSE).isProblem(400, "bad-request");
    }

    @Test
    void aHeaderThatIsTooLong() {
        Answer answer = http.get(cart, "X-Long", "x".repeat(20_000)).isProblem(400, "bad-request");

        assertThat(answer.text("detail")).isEqualTo(NO_HTTP);
    }

    @Test
    void aHeaderThatIsNone() {
        http.raw("GET /carts/c HTTP/1.1", HOST, CLOSE, "no colon").isProblem(400, "bad-request");
    }

    @Test
    void aContentLengthThatIsNone() {
        http.raw("POST /carts/c/items HTTP/1.1", HOST, CLOSE, "Content-Length: many")
                .isProblem(400, "bad-request");
    }

    @Test
    void aTransferEncodingThatNobodyKnows() {
        http.raw("POST /carts/c/items HTTP/1.1", HOST, CLOSE, "Transfer-Encoding: magic")
                .isProblem(501, "not-implemented");
    }

    @Test
    void anExpectationThatNobodyKnows() {
        http.raw("GET " + cart + " HTTP/1.1", HOST, CLOSE, "Expect: foo").isProblem(417, "expectation-failed");
    }

    @Test
    void chunksThatAreNone(CapturedOutput log) {
        Answer answer = http.raw(
                        "POST /carts/c/items HTTP/1.1",
                        HOST,
                        CLOSE,
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked",
                        "",
                        "zz",
                        "{}")
                .isProblem(400, "bad-request");

        assertThat(answer.text("detail")).isEqualTo("the body cannot be read");
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    void headIsAGetWithoutItsBody() {
        add("apple", 2);

        Stream.of(cart, cart + "/items", cart + "/items/apple").forEach(path -> {
            Answer get = http.get(path);
            Answer head = http.send("HEAD", path, BodyPublishers.noBody()).is(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.tag()).isEqualTo(get.tag());
            assertThat(head.context()).isEqualTo(get.context());
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        });
        http.send("HEAD", cart + "/items/pear", BodyPublishers.noBody()).is(404);
        http.send("HEAD", cart, BodyPublishers.noBody(), "If-None-Match", read().tag())
                .is(304);
    }

    @Test
    void optionsNamesWhatIsAllowed() {
        assertThat(allowed(cart)).containsExactlyInAnyOrder("GET", "HEAD", "DELETE", "OPTIONS");
        assertThat(allowed(cart + "/items")).containsExactlyInAnyOrder("GET", "HEAD", "POST", "PATCH", "OPTIONS");
        assertThat(allowed(cart + "/items/apple")).containsExactlyInAnyOrder("GET", "HEAD", "DELETE", "OPTIONS");
        assertThat(allowed(cart + "/merge")).containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        assertThat(allowed(cart + "/checkout")).containsExactlyInAnyOrder("POST", "OPTIONS");
        assertThat(allowed(cart + "/versions")).containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
    }

    private String[] allowed(String path) {
        return http.send("OPTIONS", path, BodyPublishers.noBody())
                .is(200)
                .header("Allow")
                .split(",\\s*", -1);
    }
}
