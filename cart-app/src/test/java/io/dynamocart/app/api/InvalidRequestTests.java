package io.dynamocart.app.api;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, "Errors", 400: malformed JSON, and missing or invalid fields, of which each is named. */
class InvalidRequestTests extends ContractTests {

    private static final String WRONG_TYPE = "is not of the right type";
    private static final String OUT_OF_RANGE = "is out of range";
    private static final String NO_JSON = "is not valid JSON, or has a field twice";

    @BeforeEach
    void somethingIsInTheCart() {
        add("apple", 2).is(201);
    }

    @Test
    void aMissingFieldIsNamed() {
        refused(() -> post("{'quantity':1,'unitPrice':1}")).blames("itemId", "is missing");
        refused(() -> post("{'itemId':'apple','unitPrice':1}")).blames("quantity", "is missing");
        refused(() -> post("{'itemId':'apple','quantity':1}")).blames("unitPrice", "is missing");
        refused(() -> patch("{'quantity':1,'unitPrice':1}")).blames("itemId", "is missing");
        refused(() -> patch("{'itemId':'apple','unitPrice':1}")).blames("quantity", "is missing");
        refused(() -> patch("{'itemId':'apple','quantity':1}")).blames("unitPrice", "is missing");
        refused(() -> http.post(cart + "/merge", "{}")).blames("sessionId", "is missing");
        refused(() -> http.get(cart + "/merge")).blames("sessionId", "is missing");
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        refused(() -> post("{}")).blames("itemId", "is missing", "quantity", "is missing", "unitPrice", "is missing");
        refused(() -> patch("{}")).blames("itemId", "is missing", "quantity", "is missing");
        refused(() -> post("{'itemId':'a b','quantity':0,'unitPrice':-1}"))
                .blames(
                        "itemId", "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ - :",
                        "quantity", "must be at least 1",
                        "unitPrice", "must not be negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"itemId", "quantity", "unitPrice"})
    void nullIsMissing(String field) {
        String body =
                "{'itemId':'apple','quantity':1,'unitPrice':1}".replaceFirst(field + "':[^,}]+", field + "':null");

        refused(() -> post(body)).blames(field, "is missing");
        refused(() -> patch(body)).blames(field, "is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'3'", "''", "3.5", "3.0", "3e0", "9e99", "true", "{}", "{'a':1}", "[3]", "[]"})
    void whatIsNoNumberIsNoQuantityAndNoPrice(String value) {
        String quantity = "{'itemId':'apple','quantity':%s,'unitPrice':1}".formatted(value);
        String price = "{'itemId':'apple','quantity':1,'unitPrice':%s}".formatted(value);

        refused(() -> post(quantity)).blames("quantity", WRONG_TYPE);
        refused(() -> patch(quantity)).blames("quantity", WRONG_TYPE);
        refused(() -> post(price)).blames("unitPrice", WRONG_TYPE);
        refused(() -> patch(price)).blames("unitPrice", WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3.5", "true", "{}", "{'a':1}", "['apple']"})
    void whatIsNoTextIsNoIdentifier(String value) {
        String item = "{'itemId':%s,'quantity':1,'unitPrice':1}".formatted(value);

        refused(() -> post(item)).blames("itemId", WRONG_TYPE);
        refused(() -> patch(item)).blames("itemId", WRONG_TYPE);
        refused(() -> http.post(cart + "/merge", "{'sessionId':%s}".formatted(value)))
                .blames("sessionId", WRONG_TYPE);
    }

    @ParameterizedTest
    @CsvSource({"0, must be at least 1", "-1, must be at least 1", "-2147483648, must be at least 1"})
    void nobodyAddsLessThanOne(int quantity, String reason) {
        refused(() -> add("apple", quantity)).blames("quantity", reason);
    }

    @Test
    void nobodySetsLessThanNothing() {
        refused(() -> set("apple", -1)).blames("quantity", "must not be negative");
    }

    @Test
    void aPriceIsFromZeroToTenMillionUnits() {
        refused(() -> post(line("apple", 1, -1))).blames("unitPrice", "must not be negative");
        refused(() -> patch(line("apple", 1, -1))).blames("unitPrice", "must not be negative");
        refused(() -> post(line("apple", 1, 1_000_000_001))).blames("unitPrice", "must be at most 1000000000");
        refused(() -> patch(line("apple", 1, 1_000_000_001))).blames("unitPrice", "must be at most 1000000000");
        post(line("apple", 1, 0)).is(201);
        patch(line("apple", 9_999, 1_000_000_000)).is(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "9223372036854775808", "99999999999999999999"})
    void aQuantityBeyondAnyIntegerIsNone(String quantity) {
        String body = "{'itemId':'apple','quantity':%s,'unitPrice':1}".formatted(quantity);

        refused(() -> post(body)).blames("quantity", OUT_OF_RANGE);
        refused(() -> patch(body)).blames("quantity", OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "99999999999999999999"})
    void noMoreIsAPrice(String price) {
        String body = "{'itemId':'apple','quantity':1,'unitPrice':%s}".formatted(price);

        refused(() -> post(body)).blames("unitPrice", OUT_OF_RANGE);
        refused(() -> patch(body)).blames("unitPrice", OUT_OF_RANGE);
    }

    @Test
    void aNumberOfThousandsOfDigitsIsNotEvenRead() {
        refused(() -> post("{'itemId':'apple','quantity':%s,'unitPrice':1}".formatted("9".repeat(10_000))))
                .blames("body", "has a number or a name that is too long, or is nested too deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{'itemId'",
                "{'itemId':'apple'",
                "{itemId:'apple'}",
                "nonsense",
                "{'quantity':01}",
                "{'quantity':+1}",
                "{'quantity':NaN}",
                "{'itemId':'a','quantity':1,'unitPrice':1}}"
            })
    void whatIsNoJsonIsRefused(String body) {
        refused(() -> post(body)).blames("body", NO_JSON);
        refused(() -> patch(body)).blames("body", NO_JSON);
        refused(() -> http.post(cart + "/merge", body)).blames("body", NO_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", " ", "[] {}", "'text'", "3", "true", "1.5"})
    void whatIsNoObjectIsRefused(String body) {
        refused(() -> post(body)).blames("body", "is not a JSON object");
        refused(() -> patch(body)).blames("body", "is not a JSON object");
        refused(() -> http.post(cart + "/merge", body)).blames("body", "is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}{}", "{} []", "{} 3", "{},{}"})
    void anObjectIsAllThatABodyHas(String body) {
        String reason = body.equals("{},{}") ? NO_JSON : "has something behind the JSON object";

        refused(() -> post(body)).blames("body", reason);
        refused(() -> patch(body)).blames("body", reason);
        refused(() -> http.post(cart + "/merge", body)).blames("body", reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void anEmptyBodyIsMissing(String body) {
        refused(() -> post(body)).blames("body", "is missing");
        refused(() -> patch(body)).blames("body", "is missing");
        refused(() -> http.post(cart + "/merge", body)).blames("body", "is missing");
    }

    @Test
    void noBodyAtAllIsMissing() {
        for (String method : new String[] {"POST", "PATCH"}) {
            refused(() -> http.send(method, cart + "/items", BodyPublishers.noBody()))
                    .blames("body", "is missing");
        }
        refused(() -> http.send("POST", cart + "/merge", BodyPublishers.noBody()))
                .blames("body", "is missing");
    }

    @Test
    void twoQuantitiesAreNone() {
        String body = "{'itemId':'apple','quantity':1,'unitPrice':1,'quantity':2}";

        refused(() -> post(body)).blames("body", NO_JSON);
        refused(() -> patch(body)).blames("body", NO_JSON);
    }

    @Test
    void textThatIsNotUtf8IsNoJson() {
        byte[] latin = "{\"itemId\":\"\u00e4\",\"quantity\":1,\"unitPrice\":1}".getBytes(StandardCharsets.ISO_8859_1);

        refused(() -> http.send(
                        "POST", cart + "/items", BodyPublishers.ofByteArray(latin), "Content-Type", "application/json"))
                .blames("body", NO_JSON);
    }

    @Test
    void deepNestingIsRefusedLikeAnyOtherNonsense() {
        String reason = "has a number or a name that is too long, or is nested too deep";

        refused(() -> post("{'more':" + "[".repeat(8_000))).blames("body", reason);
        refused(() -> post("[".repeat(8_000))).isProblem(400, "invalid-request");
        refused(() -> post("{'itemId':" + "[".repeat(8_000))).isProblem(400, "invalid-request");
    }

    @Test
    void fieldsThatNobodyKnowsAreLeftAlone() {
        post("{'itemId':'apple','quantity':1,'unitPrice':1,'name':'Apple','image':{'url':'x'}}")
                .is(201);
    }

    private Answer post(String body) {
        return http.post(cart + "/items", body);
    }

    private Answer patch(String body) {
        return http.patch(cart + "/items", body);
    }
}
