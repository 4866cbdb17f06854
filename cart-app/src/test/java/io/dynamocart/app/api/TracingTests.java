package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md, "Traces", against a collector that keeps the bytes it gets. */
class TracingTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OF_A_GUEST = "1af7651916cd43dd8448eb211c80319d";
    private static final String GUEST = "guest:00112233445566778899aabbccddeeff";

    private final Queue<String> batches = new ConcurrentLinkedQueue<>();

    @Test
    void theTraceOfARequestGoesOnToWhatTheStoreAsksOfReplicas() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", this::collect);
        collector.start();
        String endpoint =
                "http://127.0.0.1:%d/v1/traces".formatted(collector.getAddress().getPort());
        try (Instance instance = Instance.alone(
                        "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint,
                        "--management.opentelemetry.tracing.export.schedule-delay=50ms");
                Http http = new Http(instance.url())) {
            String guests = "00-%s-b7ad6b7169203331-01".formatted(OF_A_GUEST);
            http.post(
                            "/carts/%s/items".formatted(GUEST),
                            "{'itemId':'pear','quantity':1,'unitPrice':5}",
                            "traceparent",
                            guests)
                    .is(201);
            http.get("/carts/%s/items/plum".formatted(GUEST), "traceparent", guests)
                    .is(404);
            http.post(
                            "/carts/traced/items",
                            "{'itemId':'pear','quantity':1,'unitPrice':5}",
                            "traceparent",
                            "00-%s-b7ad6b7169203331-01".formatted(TRACE),
                            "X-Request-Id",
                            "request-7")
                    .is(201);

            String trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
            // One of the request, of get and put, and of each call of the one replica
            await().untilAsserted(() ->
                    assertThat(collected().split(Pattern.quote(trace), -1)).hasSize(5 + 1));
            assertThat(collected())
                    .contains("http post /carts/{customerId}/items", "store get", "store put", "replica")
                    .contains("dynamo.node", "node-1", "dynamo.outcome", "answered")
                    .contains("http get /carts/{customerId}/items/{itemId}")
                    .as("whoever reads this has the guest's cart")
                    .doesNotContain(GUEST.substring(6), "/carts/traced");
            assertThat(http.get("/actuator/prometheus").body())
                    .containsPattern("dynamo_store_visibility_seconds_count [1-9]");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void withoutACollectorThereIsNone() {
        try (Instance instance = Instance.alone();
                Http http = new Http(instance.url())) {
            assertThat(instance.beans(Tracer.class)).isEmpty();
            assertThat(http.get("/carts/c", "X-Request-Id", "request-7").header("X-Request-Id"))
                    .isEqualTo("request-7");
            assertThat(http.get("/carts/c", "X-Request-Id", "7\"}").header("X-Request-Id"))
                    .matches("[0-9a-f-]{36}");
        }
    }

    /** All bytes so far; strings and ids stand in them as they are. */
    private String collected() {
        return String.join("", batches);
    }

    private void collect(HttpExchange exchange) throws IOException {
        batches.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
