package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** docs/api.md, "Errors": every error is a problem as of RFC 9457, whoever found it and whatever the client accepts. */
@ExtendWith(OutputCaptureExtension.class)
class ErrorFormTests extends ContractTests {

    @Test
    void aProblemNamesTheRequestItIsAbout() {
        Answer answer = http.get(cart + "/items/apple?x=y").isProblem(404, "no-such-item");

        assertThat(answer.text("instance")).isEqualTo(cart + "/items/apple");
        assertThat(answer.text("detail")).contains("apple").contains(customer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/carts",
                "/carts/",
                "/carts/c/",
                "/carts/c/items/",
                "/carts/c/items/i/x",
                "/carts/c/orders",
                "/error",
                "/carts//items"
            })
    void thereIsNoSuchPath(String path) {
        Answer answer = http.get(path).isProblem(404, "not-found");
        assertThat(answer.text("detail")).isEqualTo("there is nothing at this path");
        http.send("POST", path, Http.json("{}")).isProblem(404, "not-found");
    }

    @Test
    void theLogIsNotForWhatClientsDoWrong(CapturedOutput log) {
        http.get("/nowhere").is(404);
        http.get(cart + "/items/apple").is(404);
        http.send("PUT", cart, Http.json("{}")).is(405);
        read("Accept", "text/html").is(406);
        http.post(cart + "/items", "{").is(400);

        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, ''",
        "PUT, ''",
        "PATCH, ''",
        "PUT, /items",
        "DELETE, /items",
        "POST, /items/apple",
        "PUT, /items/apple",
        "PATCH, /items/apple",
        "PUT, /merge",
        "DELETE, /merge",
        "GET, /checkout",
        "PUT, /checkout",
        "POST, /versions",
        "BREW, ''",
        "BREW, /items"
    })
    void theMethodIsNotAllowedHere(String method, String path) {
        Answer answer = refused(
                        () -> http.send(method, cart + path, Http.json("{}"), "Content-Type", "application/json"))
                .isProblem(405, "method-not-allowed");

        assertThat(answer.header("Allow")).contains(allowed(path)).doesNotContain(method);
    }

    @Test
    void tracingIsNotAllowedAnywhere() {
        http.send("TRACE", cart, BodyPublishers.noBody()).isProblem(405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html",
                "application/xml",
                "application/yaml",
                "application/cbor",
                "application/x-jackson-smile",
                "application/octet-stream",
                "garbage"
            })
    void nothingButJsonIsSpoken(String accepted) {
        http.get(cart, "Accept", accepted).isProblem(406, "not-acceptable");
        http.get(cart + "/versions", "Accept", accepted).isProblem(406, "not-acceptable");
        refused(() -> add("apple", 1, "Accept", accepted)).isProblem(406, "not-acceptable");
        refused(() -> deleteCart("Accept", accepted)).isProblem(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "application/*",
                "text/html, */*;q=0.1",
                "",
                "application/json; charset=utf-8",
                "application/json; charset=utf-16",
                "application/json;CHARSET=iso-8859-1;q=0.5"
            })
    void whoeverAcceptsJsonGetsIt(String accepted) {
        add("apple", 1, "Accept", accepted).is(201);
        assertThat(read("Accept", accepted).is(200).header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/cbor",
                "application/yaml",
                "application/x-jackson-smile",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/octet-stream",
                "garbage",
                "*/*",
                "text/*",
                "application/*",
                "application/*;q=0.5",
                "application/*+json"
            })
    void nothingButJsonIsRead(String type, CapturedOutput log) {
        for (String method : new String[] {"POST", "PATCH"}) {
            refused(() -> http.send(method, cart + "/items", Http.json(line("apple", 1, 1)), "Content-Type", type))
                    .isProblem(415, "unsupported-media-type");
        }
        refused(() -> http.send("POST", cart + "/merge", Http.json("{'sessionId':'s'}"), "Content-Type", type))
                .isProblem(415, "unsupported-media-type");
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "*/*", "application/*"})
    void whoSendsSomethingElseIsToldWhatIsRead(String type) {
        Answer answer = http.send("POST", cart + "/items", Http.json("{}"), "Content-Type", type);

        assertThat(answer.header("Accept").split(",\\s*", -1))
                .containsExactlyInAnyOrder("application/json", "application/*+json");
    }

    @Test
    void jsonMayHaveANameOfItsOwn() {
        http.send("POST", cart + "/items", Http.json(line("apple", 1, 1)), "Content-Type", "application/vnd.shop+json")
                .is(201);
    }

    /** Of what nobody reads, nobody asks what it is. */
    @Test
    void theKindOfABodyThatIsNotReadDoesNotMatter() {
        http.send("DELETE", cart, Http.json("x"), "Content-Type", "*/*").is(202);
    }

    /** Which Tomcat would read and decode as soon as somebody opens the body. */
    @ParameterizedTest
    @ValueSource(strings = {"100%", "a=%zz", "=", "&&&"})
    void aFormIsNotEvenDecoded(String form) {
        for (String path : new String[] {cart + "/items", cart + "/merge"}) {
            refused(() -> http.send("POST", path, Http.json(form), "Content-Type", "application/x-www-form-urlencoded"))
                    .isProblem(415, "unsupported-media-type");
        }
    }

    @Test
    void aBodyMustSayThatItIsJson() {
        refused(() -> http.send("POST", cart + "/items", Http.json(line("apple", 1, 1))))
                .isProblem(415, "unsupported-media-type");
    }

    @Test
    void theCharsetOfJsonIsUtf8() {
        http.send(
                        "POST",
                        cart + "/items",
                        Http.json(line("apple", 1, 1)),
                        "Content-Type",
                        "application/json; charset=utf-8")
                .is(201);
        refused(() -> http.send(
                        "POST",
                        cart + "/items",
                        Http.json(line("apple", 1, 1)),
                        "Content-Type",
                        "application/json; charset=klingon"))
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({
        "/carts/c/items/i, 404",
        "/nowhere, 404",
        "/carts/a%20b, 400",
        "/carts/a%2Fb, 400",
        "/carts/c/checkout, 405",
        "/carts/c, 406"
    })
    void whoAcceptsSomethingElseIsToldInTheSameForm(String path, int status) {
        for (String accepted : new String[] {"text/plain", "text/html", "garbage"}) {
            Answer answer = http.get(path, "Accept", accepted);
            assertThat(answer.status()).isIn(status, 406);
            answer.isProblem(answer.status(), answer.text("type").replaceFirst(".*:", ""));
        }
    }

    private static String allowed(String path) {
        return switch (path) {
            case "" -> "DELETE";
            case "/items" -> "PATCH";
            case "/items/apple" -> "DELETE";
            case "/checkout" -> "POST";
            default -> "GET";
        };
    }
}
