package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
            Answer last = http.get("/carts/c", PROXY, FLOOD).is(200);
            for (int requests = 1; last.status() == 200; requests++) {
                assertThat(requests).isLessThan(1_000);
                last = http.get("/carts/c", PROXY, FLOOD);
            }

            assertThat(last.isProblem(429, "rate-limited").text("instance")).isEqualTo("/carts/c");
            assertThat(last.header("Retry-After")).isEqualTo("1");
            http.post("/carts/c/items", "{".repeat(100_000), PROXY, FLOOD).isProblem(429, "rate-limited");
            for (String same : List.of("/carts/../items", "/%63arts/c/items", "/carts;v=1/c", "/carts/../carts/c")) {
                http.raw("GET %s HTTP/1.0".formatted(same), PROXY + ": " + FLOOD)
                        .isProblem(429, "rate-limited");
            }
            http.get("/actuator/health", PROXY, FLOOD).is(200);
            http.get("/carts/c", PROXY, "192.0.2.2").is(200);
        }
    }
}
