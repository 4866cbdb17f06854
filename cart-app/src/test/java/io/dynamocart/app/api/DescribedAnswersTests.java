package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The service answers as its description says: with the statuses and headers that it names, and with exactly the fields
 * that it names. This is also checked after every other contract test, for every answer that the test got.
 */
class DescribedAnswersTests extends ContractTests {

    private final ApiDescription api = INSTANCE.description();

    @Test
    void everyCallAnswersAsItIsDescribed() {
        String guest = newCustomer();
        String session = "{'sessionId':'%s'}".formatted(guest);
        http.post("/carts/" + guest + "/items", line("pear", 1, PRICE)).is(201);
        add("apple", 2).is(201);
        set("apple", 3).is(202);
        read().is(200);
        read("If-None-Match", read().tag()).is(304);
        http.get(cart + "/items").is(200);
        http.get(cart + "/items/apple").is(200);
        http.post(cart + "/merge", session).is(200);
        http.get(cart + "/merge?sessionId=" + guest).is(202);
        checkOut("Idempotency-Key", "k").is(200);
        remove("apple", "Idempotency-Key", "l").is(202);
        deleteCart("Idempotency-Key", "m").is(202);
        http.get(cart + "/versions").is(200);
        add("apple", 0).is(400);

        assertThat(http.exchanges().stream().flatMap(exchange -> api.callsOf(exchange).stream()))
                .containsAll(api.calls());
        assertThat(api.contradictions(http.exchanges())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "200, \"{'itemId':'apple','quantity':2}\", lacks 'unitPrice'",
                "200, \"{'itemId':'apple','quantity':2,'unitPrice':1,'color':'red'}\", has 'color'",
                "200, \"{'itemId':'apple','quantity':2.5,'unitPrice':1}\", body.quantity is 2.5",
                "200, \"{'itemId':null,'quantity':2,'unitPrice':1}\", body.itemId is null",
                "200, [], body is []",
                "503, {}, without Retry-After",
                "503, {}, does not answer 503 with 'application/json'",
                "201, {}, does not answer 201",
            })
    void anAnswerThatIsNotAsDescribedIsNoticed(int status, String body, String contradiction) {
        Map<String, List<String>> headers = Map.of(
                "Content-Type", List.of("application/json"), "ETag", List.of("\"1\""), "Cart-Context", List.of("c"));
        Answer answer = new Answer(status, HttpHeaders.of(headers, (_, _) -> true), body.replace('\'', '"'));

        Http.Exchange exchange = new Http.Exchange("GET", "/carts/c/items/apple?x=y", answer);
        assertThat(api.contradictions(List.of(exchange)))
                .anySatisfy(found -> assertThat(found).contains(contradiction));
    }
}
