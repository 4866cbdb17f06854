package io.dynamocart.app.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dynamocart.store.transport.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.lifecycle.Startables;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Four containers whose network is split in two, and cut; that are paused, and killed; while customers shop at all. */
class CutNetworkIntegrationTests {

    private static final int INSTANCES = 4;
    private static final int CUSTOMERS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final List<CartContainer> instances = new ArrayList<>();
    private final List<Customer> customers = new ArrayList<>();
    private final Confirmed confirmed = new Confirmed(INSTANCES);
    private final Network nodes = internal();
    private final Network otherSide = internal();
    private final HttpClient http = HttpClient.newHttpClient();
    private int faults;

    @BeforeEach
    void start() {
        ImageFromDockerfile image = CartImage.build();
        List<String> free = Ports.freeAddresses(INSTANCES);
        for (int number = 1; number <= INSTANCES; number++) {
            int port = Integer.parseInt(free.get(number - 1).split(":", -1)[1]);
            instances.add(new CartContainer(image, number, INSTANCES, port, nodes));
        }
        Startables.deepStart(instances).join();
    }

    @AfterEach
    void stop() {
        confirmed.abandon();
        instances.forEach(CartContainer::stop);
        nodes.close();
        otherSide.close();
        http.close();
    }

    @Test
    void whateverWasConfirmedIsThereOnceAndWhatWasRemovedIsNot() throws Exception {
        List<Thread> shopping = new ArrayList<>();
        for (int number = 0; number < CUSTOMERS; number++) {
            Customer customer = new Customer(
                    number, instances.stream().map(CartContainer::url).toList(), confirmed);
            customers.add(customer);
            shopping.add(Thread.ofVirtual().start(customer));
        }

        splitInTwo();
        cutOff(instances.get(2));
        pause(instances.get(0));
        kill(instances.get(1));
        confirmed.end();
        awaitThat("every customer has ended", () -> shopping.stream().noneMatch(Thread::isAlive));
        awaitNoHints();

        System.out.printf(
                "%d containers, %d faults: %d operations confirmed, %d tries repeated, refusals %s%n",
                INSTANCES,
                faults,
                confirmed.total(),
                confirmed.repeated(),
                confirmed.refusals().keySet());
        for (CartContainer instance : instances) {
            for (Customer customer : customers) {
                awaitCarts(instance, customer.expected());
            }
        }
    }

    /** A read that a busy home replica misses may answer what stand-ins have; what is lost is in no later one either. */
    private void awaitCarts(CartContainer instance, Map<String, Map<String, Integer>> expected) {
        await("carts at " + instance.url())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    Map<String, Map<String, Integer>> found = new TreeMap<>();
                    for (String cart : expected.keySet()) {
                        found.put(cart, cartAt(instance, cart));
                    }
                    assertThat(found)
                            .as("carts at %s, which warned: %s", instance.url(), instance.warned())
                            .isEqualTo(expected);
                });
    }

    /** Two and two: both sides have W nodes, so both go on. */
    private void splitInTwo() {
        List<CartContainer> away = instances.subList(2, 4);
        Map<CartContainer, String> addresses = new HashMap<>();
        away.forEach(instance -> addresses.put(instance, instance.addressOn(nodes)));
        away.forEach(instance -> instance.leave(nodes));
        away.forEach(instance -> instance.join(otherSide));
        faults++;
        awaitConfirmed(100, 0, 1);
        awaitConfirmed(100, 2, 3);
        away.forEach(instance -> instance.leave(otherSide));
        // The lowest address that is free is given first, so each comes back with the other's
        away.stream().sorted(Comparator.comparing(addresses::get).reversed()).forEach(instance -> instance.join(nodes));
        awaitConfirmed(100, 0, 1, 2, 3);
    }

    private void cutOff(CartContainer instance) {
        instance.leave(nodes);
        faults++;
        awaitConfirmed(100, 0, 1, 3);
        instance.join(nodes);
        awaitConfirmed(50, 2);
    }

    private void pause(CartContainer instance) {
        instance.pause();
        faults++;
        awaitConfirmed(100, 1, 2, 3);
        instance.goOn();
        awaitConfirmed(50, 0);
    }

    private void kill(CartContainer instance) {
        instance.killAndStartAgain();
        faults++;
        awaitConfirmed(100, 0, 2, 3);
        awaitThat(instance.url() + " is healthy", instance::isHealthy);
        awaitConfirmed(50, 1);
    }

    /** Waits until these instances have confirmed so many writes more. */
    private void awaitConfirmed(int more, int... these) {
        int before = confirmed.at(these);
        awaitThat(
                "%d writes more are confirmed by %s".formatted(more, Arrays.toString(these)),
                () -> confirmed.at(these) >= before + more);
    }

    private void awaitThat(String what, Callable<Boolean> condition) {
        try {
            await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
        } catch (ConditionTimeoutException e) {
            String warned = instances.stream().map(CartContainer::warned).collect(Collectors.joining("\n"));
            throw new AssertionError(
                    "not within %s: %s; confirmed %s, and refused %s%n%s"
                            .formatted(PATIENCE, what, confirmed, confirmed.refusals(), warned),
                    e);
        }
    }

    /** From then on a read of two replicas of three sees every confirmed write. */
    private void awaitNoHints() {
        await("hints are brought home")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(hints()).as("hints by instance").isEmpty());
    }

    /** What each of the instances keeps for others, and whether it can reach these. */
    private Map<String, String> hints() throws Exception {
        Map<String, String> hints = new TreeMap<>();
        for (CartContainer instance : instances) {
            JsonNode kept = get(instance, "/actuator/hints");
            if (kept.get("keys").asInt() > 0) {
                hints.put(instance.url(), kept.get("targets").toString());
            }
        }
        return hints;
    }

    private Map<String, Integer> cartAt(CartContainer instance, String cart) throws Exception {
        Map<String, Integer> lines = new TreeMap<>();
        for (JsonNode line : get(instance, "/carts/" + cart).get("items")) {
            lines.put(line.get("itemId").asString(), line.get("quantity").asInt());
        }
        return lines;
    }

    private JsonNode get(CartContainer instance, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(instance.url() + path))
                .timeout(ANSWER)
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Network internal() {
        return Network.builder()
                .createNetworkCmdModifier(command -> command.withInternal(true))
                .build();
    }
}
