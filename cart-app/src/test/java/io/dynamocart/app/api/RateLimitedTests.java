package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** docs/security.md, "A limit per client", of an instance that has one and sits behind a proxy. */
class RateLimitedTests {

    private static final String PROXY = "X-Forwarded-For";
    private static final String FLOOD = "192.0.2.1";

    @Test
    void whoSendsTooMuchIsToldToWaitAndNobodyElseIs() {
        try (Instance instance = Instance.alone(
                        "--cart.rate-limit.per-second=1",
                        "--cart.rate-limit.burst=50",
                        "--server.forward-headers-strategy=native");
                Http http = new Http(instance.url())) {
            http.get("/carts/c", PROXY, FLOOD).is(200);
            Answer refused = floodWith(() -> http.get("/carts/c", PROXY, FLOOD));
            assertThat(refused.text("instance")).isEqualTo("/carts/c");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            floodWith(() -> http.post("/carts/c/items", "{".repeat(100_000), PROXY, FLOOD));
            for (String same : List.of("/carts/../items", "/%63arts/c/items", "/carts;v=1/c", "/carts/../carts/c")) {
                floodWith(() -> http.raw("GET %s HTTP/1.0".formatted(same), PROXY + ": " + FLOOD));
            }
            http.get("/actuator/health", PROXY, FLOOD).is(200);
            http.get("/carts/c", PROXY, "192.0.2.2").is(200);
        }
    }

    /** The first answer that refuses. However slow this is, far fewer are let through than are sent. */
    private static Answer floodWith(Supplier<Answer> request) {
        Answer answer = request.get();
        for (int sent = 1; answer.status() != 429; sent++) {
            assertThat(sent).isLessThan(1_000);
            answer = request.get();
        }
        return answer.isProblem(429, "rate-limited");
    }
}
