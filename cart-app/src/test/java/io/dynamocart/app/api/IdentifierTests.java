package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md: identifiers have 1 to 128 characters of A–Z a–z 0–9 . _ ~ - and :, and anything else is 400. */
class IdentifierTests extends ContractTests {

    private static final String RULE = "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ - :";

    static String[] allowed() {
        return new String[] {
            "a",
            "7",
            "A",
            "_",
            "-",
            "~",
            ":",
            "x.y",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ:abcdefghijklmnopqrstuvwxyz",
            "0123456789._~-",
            "urn:isbn:0451450523",
            "x".repeat(128)
        };
    }

    static String[] forbidden() {
        return new String[] {
            "x".repeat(129),
            "a b",
            " ",
            "ä",
            "日本",
            "a+b",
            "a@b",
            "a,b",
            "a;b",
            "a=b",
            "a&b",
            "a!b",
            "a'b",
            "a(b)",
            "a*b",
            "a$b",
            "a\"b",
            "a<b>",
            "a|b",
            "a{b}",
            "a?b",
            "a#b",
            "a%",
            "a\nb",
            "a^b",
            "a`b",
            "a[b]"
        };
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void allowedInEveryPlace(String id) {
        add(id, 2).is(201).says(line(id, 2, PRICE));
        set(id, 3).is(202);
        http.get(cart + "/items/" + id).is(200).says(line(id, 3, PRICE));
        http.get(cart + "/merge?sessionId=guest-" + id.substring(0, Math.min(100, id.length())))
                .is(202);
        remove(id).is(202).says("items", "[]");
        http.get("/carts/" + id).is(200).says("customerId", "'" + id + "'");
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void forbiddenInPaths(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");

        http.get("/carts/" + encoded).blames("customerId", RULE);
        http.get("/carts/" + encoded + "/items").blames("customerId", RULE);
        http.get("/carts/" + encoded + "/items/apple").blames("customerId", RULE);
        http.get("/carts/" + encoded + "/versions").blames("customerId", RULE);
        http.delete("/carts/" + encoded).blames("customerId", RULE);
        http.post("/carts/" + encoded + "/items", line("apple", 1, PRICE)).blames("customerId", RULE);
        http.patch("/carts/" + encoded + "/items", line("apple", 1, PRICE)).blames("customerId", RULE);
        http.post("/carts/" + encoded + "/checkout", "").blames("customerId", RULE);
        http.get(cart + "/items/" + encoded).blames("itemId", RULE);
        refused(() -> remove(encoded)).blames("itemId", RULE);
        refused(() -> http.get(cart + "/merge?sessionId=" + encoded)).blames("sessionId", RULE);
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void forbiddenInBodies(String id) {
        String escaped = id.replace("\"", "\\\"").replace("\n", "\\n").replace("'", "\\u0027");

        refused(() -> http.post(cart + "/items", line(escaped, 1, PRICE))).blames("itemId", RULE);
        refused(() -> http.patch(cart + "/items", line(escaped, 1, PRICE))).blames("itemId", RULE);
        refused(() -> http.patch(cart + "/items", line(escaped, 0, PRICE))).blames("itemId", RULE);
        refused(() -> http.post(cart + "/merge", "{'sessionId':'%s'}".formatted(escaped)))
                .blames("sessionId", RULE);
    }

    @Test
    void anEmptyIdentifierIsForbidden() {
        refused(() -> add("", 1)).blames("itemId", RULE);
        refused(() -> http.get(cart + "/merge?sessionId=")).blames("sessionId", RULE);
        refused(() -> http.post(cart + "/merge", "{'sessionId':''}")).blames("sessionId", RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a;b=c", "a;"})
    void nothingOfAnIdentifierIsTakenForAParameter(String id) {
        String reason = "must not contain a semicolon";

        http.get("/carts/" + id).blames("path", reason);
        http.get("/carts/" + id + "/items").blames("path", reason);
        http.get(cart + "/items/" + id).blames("path", reason);
        refused(() -> remove(id)).blames("path", reason);
    }

    @Test
    void anEncodedIdentifierIsTheSame() {
        add("a:b", 1);

        http.get(cart + "/items/%61%3Ab").is(200).says(line("a:b", 1, PRICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "..."})
    void dotsAreNames(String id) {
        add(id, 1).is(201);

        http.raw("GET %s/items/%s HTTP/1.0".formatted(cart, id)).is(200);
        http.raw("DELETE %s/items/%s HTTP/1.0".formatted(cart, id)).is(202);
        assertThat(content()).isEmpty();
    }

    /** Which most clients would take out of a path. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void dotsMayBeEncodedAndAreNamesInABody(String id) {
        String encoded = id.replace(".", "%2E");
        add(id, 1).is(201);

        http.raw("GET %s/items/%s HTTP/1.0".formatted(cart, encoded)).is(200).says(line(id, 1, PRICE));
        http.raw("DELETE %s/items/%s HTTP/1.0".formatted(cart, encoded.toLowerCase(Locale.ROOT)))
                .is(202)
                .says("items", "[]");
        add(id, 1).is(201);
        set(id, 0).is(202);
        assertThat(content()).isEmpty();
    }
}
