package io.dynamocart.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.transport.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three JVMs, six clients, and {@code kill -9} for one instance after the other while they shop. */
class KilledInstancesIntegrationTests {

    private static final int SHOPPERS = 6;

    @TempDir
    Path directory;

    private final List<CartInstance> instances = new ArrayList<>();

    @BeforeEach
    void start() {
        List<String> seeds = Ports.freeAddresses(3);
        List<String> http = Ports.freeAddresses(3);
        for (int number = 1; number <= 3; number++) {
            int port = Integer.parseInt(http.get(number - 1).split(":", -1)[1]);
            instances.add(new CartInstance(number, port, seeds, directory));
        }
        instances.forEach(CartInstance::start);
        instances.forEach(CartInstance::awaitReady);
    }

    @AfterEach
    void stop() {
        instances.forEach(CartInstance::close);
    }

    @Test
    void noAddIsRefusedLostOrAppliedTwice() throws Exception {
        Shopper.Ledger ledger = new Shopper.Ledger();
        List<Thread> shoppers = new ArrayList<>();
        for (int i = 0; i < SHOPPERS; i++) {
            shoppers.add(Thread.ofVirtual().start(new Shopper(i, instances, ledger)));
        }
        for (CartInstance instance : instances) {
            long before = ledger.total();
            instance.kill();
            ledger.await(before + 200);
            instance.start();
            instance.awaitReady();
            ledger.await(ledger.total() + 200);
        }
        ledger.end();
        for (Thread shopper : shoppers) {
            shopper.join();
        }

        System.out.printf(
                "Three JVMs, three kills: %d adds confirmed, %d of them repeated, at most %d tries%n",
                ledger.total(), ledger.repeated(), ledger.mostTries());
        assertThat(ledger.mostTries())
                .as("tries of the add that needed most; clients were told %s", ledger.refusals())
                .isLessThanOrEqualTo(2);
        assertThat(ledger.repeated()).as("adds that met a killed instance").isPositive();
        for (CartInstance instance : instances) {
            assertThat(quantitiesAt(instance)).as("carts at %s", instance.url()).isEqualTo(ledger.confirmed());
        }
    }

    private static Map<String, Long> quantitiesAt(CartInstance instance) throws Exception {
        Map<String, Long> quantities = new TreeMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int cart = 0; cart < 4; cart++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(instance.url() + "/carts/cart-" + cart))
                        .build();
                String body =
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                for (JsonNode line : JsonMapper.shared().readTree(body).get("items")) {
                    quantities.put(
                            "cart-" + cart + "/" + line.get("itemId").asString(),
                            line.get("quantity").asLong());
                }
            }
        }
        return quantities;
    }
}
