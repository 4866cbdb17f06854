package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/security.md: what browsers and caches are told. */
class ProtectiveHeadersTests extends ContractTests {

    @Test
    void aCartIsForItsClientAlone() {
        List<String> ways = List.of(cart, cart + "/items/apple", cart + "//", cart.replace("/carts", "/%63arts"));
        for (String way : ways) {
            Answer answer = http.get(way);
            assertThat(answer.header("Cache-Control")).as(way).isEqualTo("private, no-cache");
            isProtected(answer);
        }
    }

    @Test
    void everyAnswerIsProtectedFromOtherSites() {
        isProtected(http.get("/nowhere"));
        isProtected(http.get("/actuator/health"));
    }

    private static void isProtected(Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
}
