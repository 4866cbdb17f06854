package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynamocart.store.transport.Ports;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/operations.md, "Traces", against collectors. */
class TracingTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OF_A_GUEST = "1af7651916cd43dd8448eb211c80319d";
    private static final String GUEST = "guest:00112233445566778899aabbccddeeff";

    @Test
    void theTraceOfARequestGoesOnToWhatTheStoreAsksOfReplicas() throws IOException {
        try (Collector collector = new Collector();
                Instance instance = Instance.alone(collector.settings());
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

            // One of the request, of get and put, and of each call of the one replica
            await().untilAsserted(() -> assertThat(collector.spansOf(TRACE)).isEqualTo(5));
            assertThat(collector.collected())
                    .contains("http post /carts/{customerId}/items", "store get", "store put", "replica")
                    .contains("dynamo.node", "node-1", "dynamo.outcome", "answered")
                    .contains("http get /carts/{customerId}/items/{itemId}")
                    .as("whoever reads this has the guest's cart")
                    .doesNotContain(GUEST.substring(6), "/carts/traced");
            assertThat(http.get("/actuator/prometheus").body())
                    .containsPattern("dynamo_store_visibility_seconds_count [1-9]");
        }
    }

    @Test
    void andToWhatTheReplicasDo() throws IOException {
        List<String> nodes = Ports.freeAddresses(2);
        try (Collector ofFirst = new Collector();
                Collector ofSecond = new Collector();
                Instance first = Instance.among(nodes, 1, ofFirst.settings());
                Instance second = Instance.among(nodes, 2, ofSecond.settings());
                Http http = new Http(first.url())) {
            first.awaitReady();
            second.awaitReady();
            http.post(
                            "/carts/traced/items",
                            "{'itemId':'pear','quantity':1,'unitPrice':5}",
                            "traceparent",
                            "00-%s-b7ad6b7169203331-01".formatted(TRACE))
                    .is(201);

            // The second holds everything as well: it is given what the first writes, or is asked to write it
            await().untilAsserted(() -> assertThat(ofSecond.collected())
                    .contains(Collector.bytes(TRACE), "dynamo.node", "node-2", "succeeded")
                    .containsPattern("replica put|coordinate put"));
            await().untilAsserted(() -> assertThat(ofFirst.collected()).contains(Collector.bytes(TRACE), "store put"));
            assertThat(ofSecond.collected())
                    .as("below the put of the first")
                    .contains(ofFirst.idOf("store put"))
                    .as("whose cart it is")
                    .doesNotContain("/carts/traced", "cart/traced");
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
}
