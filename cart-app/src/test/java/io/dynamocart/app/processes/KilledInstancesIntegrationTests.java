package io.dynamocart.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three JVMs, six clients, and {@code kill -9} for one instance after the other while they shop. */
class KilledInstancesIntegrationTests {

    @TempDir
    Path directory;

    private List<CartInstance> instances = List.of();

    @BeforeEach
    void start() {
        instances = CartInstance.at(Place.onLoopback(3), directory);
        instances.forEach(CartInstance::start);
        instances.forEach(CartInstance::awaitReady);
    }

    @AfterEach
    void stop() {
        instances.forEach(CartInstance::close);
    }

    @Test
    void noAddIsRefusedLostOrAppliedTwice() throws Exception {
        try (Shopping shopping = new Shopping("killed", instances)) {
            for (CartInstance instance : instances) {
                instance.kill();
                shopping.goesOnFor(200);
                instance.start();
                instance.awaitReady();
                shopping.goesOnFor(200);
            }
            Shopper.Ledger ledger = shopping.end();

            System.out.printf("Three JVMs, three kills: %s%n", ledger);
            assertThat(ledger.mostTries())
                    .as("tries of the add that needed most; clients were told %s", ledger.refusals())
                    .isLessThanOrEqualTo(2);
            assertThat(ledger.repeated()).as("adds that met a killed instance").isPositive();
            for (CartInstance instance : instances) {
                assertThat(shopping.linesAt(instance))
                        .as("carts at %s, which warned: %s", instance.url(), instance.warned())
                        .isEqualTo(ledger.lines());
            }
        }
    }
}
