package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, "Headers": ETag, If-None-Match and If-Match. */
class ConditionalRequestTests extends ContractTests {

    @Test
    void everyAnswerAboutACartHasAStrongTag() {
        List<Answer> answers = List.of(
                add("apple", 2),
                read(),
                http.get(cart + "/items"),
                http.get(cart + "/items/apple"),
                set("apple", 3),
                remove("apple"),
                add("apple", 1),
                checkOut(),
                deleteCart());

        assertThat(answers).allSatisfy(answer -> assertThat(answer.tag()).matches("\"[0-9a-f]+\""));
    }

    @Test
    void theTagChangesWhenTheCartChanges() {
        String empty = read().tag();
        String two = add("apple", 2).tag();
        String five = add("apple", 3).tag();
        String cheaper = http.patch(cart + "/items", line("apple", 5, 1)).tag();

        assertThat(Stream.of(empty, two, five, cheaper).distinct()).hasSize(4);
    }

    @Test
    void theTagStaysWhileTheCartStays() {
        String tag = add("apple", 2).tag();

        assertThat(read().tag()).isEqualTo(tag);
        assertThat(remove("pear", "Idempotency-Key", "k").tag()).isEqualTo(tag);
        assertThat(read().tag()).isEqualTo(tag);
    }

    @Test
    void whoHasTheCartAlreadyIsToldThatItHasNotChanged() {
        String tag = add("apple", 2).tag();

        for (String path : List.of(cart, cart + "/items", cart + "/items/apple")) {
            Answer answer = http.get(path, "If-None-Match", tag).is(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.tag()).isEqualTo(tag);
            assertThat(answer.context()).isNotEmpty();
        }
        read("If-None-Match", "\"other\", W/" + tag).is(304);
    }

    @Test
    void whoHasAnOlderCartIsGivenTheNewOne() {
        String old = add("apple", 2).tag();
        add("apple", 1);

        read("If-None-Match", old).is(200).says("totalQuantity", "3");
    }

    @Test
    void aWriteGoesThroughWhereTheTagIsThatOfTheCart() {
        String tag = add("apple", 2).tag();

        tag = add("apple", 1, "If-Match", tag).is(201).tag();
        tag = set("apple", 7, "If-Match", tag).is(202).tag();
        tag = add("pear", 1, "If-Match", "\"other\", " + tag).is(201).tag();
        tag = remove("apple", "If-Match", tag + ",\"other\"").is(202).tag();
        checkOut("If-Match", tag).is(200);
    }

    @Test
    void everyKindOfWriteIsRefusedWhereTheCartHasMovedOn() {
        String guest = newCustomer();
        http.post("/carts/" + guest + "/items", line("pear", 1, PRICE));
        String old = add("apple", 2).tag();
        add("apple", 1);
        List<Function<String, Answer>> writes = List.of(
                tag -> add("apple", 1, "If-Match", tag),
                tag -> set("apple", 1, "If-Match", tag),
                tag -> set("apple", 0, "If-Match", tag),
                tag -> remove("apple", "If-Match", tag),
                tag -> deleteCart("If-Match", tag),
                tag -> checkOut("If-Match", tag),
                tag -> http.get(cart + "/merge?sessionId=" + guest, "If-Match", tag),
                tag -> http.post(cart + "/merge", "{'sessionId':'" + guest + "'}", "If-Match", tag),
                tag -> http.post(cart + "/merge", "{'sessionId':'" + customer + "'}", "If-Match", tag));

        for (Function<String, Answer> write : writes) {
            refused(() -> write.apply(old)).isProblem(412, "cart-changed");
        }
        assertThat(content()).isEqualTo("apple 3");
        assertThat(contentOf("/carts/" + guest)).isEqualTo("pear 1");
    }

    @Test
    void anyCartMatchesAStar() {
        add("apple", 2, "If-Match", "*").is(201);
        set("apple", 1, "If-Match", " * ").is(202);
    }

    @Test
    void aWeakTagNeverMatchesForAWrite() {
        String tag = add("apple", 2).tag();

        refused(() -> add("apple", 1, "If-Match", "W/" + tag)).isProblem(412, "cart-changed");
    }

    @Test
    void tagsMayComeInSeveralHeaders() {
        String tag = add("apple", 2).tag();

        add("apple", 1, "If-Match", "\"other\"", "If-Match", tag).is(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"abc", "abc\"", "\"a\" \"b\"", "*, \"a\"", "\"a\", b", ",", ""})
    void aMalformedIfMatchIsRefused(String tags) {
        refused(() -> add("apple", 1, "If-Match", tags)).blames("If-Match", "must be a list of quoted tags, or *");
    }

    /** Each of these took half a second when every space was a place to begin at. */
    @Test
    void andSoIsOneOfSpacesInNoTime() {
        String spaces = "x" + " ".repeat(15_000) + "x";

        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 50; i++) {
                add("apple", 1, "If-Match", spaces).blames("If-Match", "must be a list of quoted tags, or *");
            }
        });
    }

    @Test
    void aMalformedIfNoneMatchIsNobodysTag() {
        add("apple", 2);

        read("If-None-Match", "abc").is(200);
    }

    @Test
    void aWriteWithoutAConditionIsNeverRefusedForConcurrency() {
        String old = add("apple", 2).tag();
        add("apple", 1);

        add("apple", 1, "If-None-Match", old).is(201);
        http.send("DELETE", cart, BodyPublishers.noBody()).is(202);
    }
}
