package io.dynamocart.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.operator.RingCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three JVMs become five and three again while clients shop, by the commands of docs/operations.md. */
class GrowingClusterIntegrationTests {

    private static final int ADDS = Integer.getInteger("dynamo.trouble.adds", 150);

    @TempDir
    static Path directory;

    private final List<Place> places = Place.onLoopback(5);
    private final List<String> seeds =
            places.stream().limit(3).map(Place::address).toList();
    private final List<CartInstance> instances = places.stream()
            .map(place -> new CartInstance(place, seeds, directory))
            .toList();

    @AfterEach
    void stop() {
        instances.forEach(CartInstance::close);
    }

    @Test
    void threeGrowToFiveAndShrinkToThreeWhileClientsShop() throws Exception {
        List<CartInstance> three = instances.subList(0, 3);
        three.forEach(CartInstance::start);
        three.forEach(CartInstance::awaitReady);
        try (Shopping shopping = new Shopping("growing", List.of(instances.get(0), instances.get(2)))) {
            shopping.goesOnFor(ADDS);
            instances.get(3).start("--dynamo.store.join=true");
            instances.get(3).awaitReady();
            awaitMembers("node-1", "node-2", "node-3", "node-4");
            instances.get(4).start();
            Awaitility.await("node-5 has introduced itself")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> ring("plan", "join", "node-5"), said -> said.contains("partitions move"));
            order("join", "node-5");
            awaitMembers("node-1", "node-2", "node-3", "node-4", "node-5");
            shopping.goesOnFor(ADDS);

            order("leave", "node-2");
            awaitMembers("node-1", "node-3", "node-4", "node-5");
            order("leave", "node-5");
            awaitMembers("node-1", "node-3", "node-4");
            instances.get(1).stop();
            instances.get(4).stop();
            shopping.goesOnFor(ADDS);

            Shopper.Ledger ledger = shopping.end();
            System.out.printf("Three, five, three: %s%n", ledger);
            assertThat(ledger.mostTries())
                    .as("tries of the add that needed most; clients were told %s", ledger.refusals())
                    .isLessThanOrEqualTo(2);
            for (int left : List.of(0, 2, 3)) {
                assertThat(shopping.linesAt(instances.get(left)))
                        .as("carts at node-%d", left + 1)
                        .isEqualTo(ledger.lines());
            }
        }
    }

    private void order(String... wish) {
        String shown =
                ring(Stream.concat(Stream.of("plan"), Arrays.stream(wish)).toArray(String[]::new));
        String plan = shown.lines()
                .filter(line -> line.startsWith("plan "))
                .map(line -> line.substring("plan ".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(shown));
        // Where the disk stands still it is said all the same, and takes effect once it is kept
        assertThat(ring("commit", plan)).containsAnyOf(plan, "it is said, but not on the disk");
    }

    private void awaitMembers(String... names) {
        Awaitility.await("members " + List.of(names))
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    String status = ring("status");
                    assertThat(status).contains("no change is under way").contains(names);
                    assertThat(status.lines().filter(line -> line.startsWith("node-")))
                            .hasSize(names.length);
                });
    }

    /** What the command line says, asked at the first instance. */
    private String ring(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = new RingCommand(new PrintStream(said, true, StandardCharsets.UTF_8), Map.of())
                .run(Stream.concat(
                                Arrays.stream(words),
                                Stream.of("--url=" + instances.getFirst().url()))
                        .toList());
        String text = said.toString(StandardCharsets.UTF_8);
        return code == 0 ? text : "failed: " + text;
    }
}
