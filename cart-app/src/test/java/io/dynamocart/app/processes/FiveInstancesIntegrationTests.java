package io.dynamocart.app.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five JVMs, three copies of each cart, and trouble while six clients add and remove through every instance: no add
 * needs more than a client's two retries, and once all is well again all five answer the same carts, with all that was
 * confirmed, nothing twice, and nothing back that was removed.
 *
 * <p>Short in the build; {@code -Ddynamo.trouble.adds=20000} makes each trouble last that many adds.
 */
class FiveInstancesIntegrationTests {

    private static final int ADDS = Integer.getInteger("dynamo.trouble.adds", 90);
    private static final int DISK_MB = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static Optional<Network> network = Optional.empty();
    private static List<CartInstance> instances = List.of();
    private static boolean ownDisk;

    @BeforeAll
    static void start() throws IOException {
        network = Network.of(5);
        instances = CartInstance.at(network.map(Network::places).orElseGet(() -> Place.onLoopback(5)), directory);
        Path disk = Files.createDirectories(instances.get(4).data());
        ownDisk =
                Commands.attempt("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(DISK_MB), "tmpfs", disk.toString())
                                .exit()
                        == 0;
        instances.forEach(CartInstance::start);
        instances.forEach(CartInstance::awaitReady);
    }

    @AfterAll
    static void stop() {
        instances.forEach(CartInstance::close);
        network.ifPresent(Network::close);
        if (ownDisk) {
            Commands.run("umount", "-l", instances.get(4).data().toString());
        }
    }

    @Test
    void anyTwoAreKilledAtOnce() throws Exception {
        try (Shopping shopping = new Shopping("killed", instances)) {
            List<CartInstance> two = List.of(instances.get(1), instances.get(4));
            two.forEach(CartInstance::kill);
            shopping.goesOnFor(ADDS);
            two.forEach(CartInstance::start);
            two.forEach(CartInstance::awaitReady);
            endsWell(shopping, 3);
        }
    }

    @Test
    void twoHang() throws Exception {
        try (Shopping shopping = new Shopping("hanging", instances)) {
            instances.get(1).pause();
            instances.get(2).pause();
            shopping.goesOnFor(ADDS);
            instances.get(1).resume();
            instances.get(2).resume();
            endsWell(shopping, 3);
        }
    }

    @Test
    void theyAreRestartedOneAfterTheOther() throws Exception {
        try (Shopping shopping = new Shopping("restarted", instances)) {
            // Enough for every cart to lose one home replica after another
            for (CartInstance instance : instances.subList(0, 3)) {
                instance.stop();
                shopping.goesOnFor(ADDS / 3);
                instance.start();
                instance.awaitReady();
                // Who was refused just before has confirmed elsewhere when the next is stopped
                shopping.goesOnFor(ADDS / 3);
            }
            endsWell(shopping, 2);
        }
    }

    @Test
    void theDiskOfOneIsFull() throws Exception {
        if (!ownDisk) {
            System.out.println("Not run: a full disk, since no disk in memory can be mounted here");
        }
        assumeThat(ownDisk).isTrue();
        Path ballast = instances.get(4).data().resolve("ballast");
        try (Shopping shopping = new Shopping("full", instances)) {
            fill(ballast);
            shopping.goesOnFor(ADDS);
            Files.delete(ballast);
            endsWell(shopping, 2);
        }
    }

    @Test
    void theNetworkIsCutInTwo() throws Exception {
        assumeThat(network).isPresent();
        Network net = network.orElseThrow();
        try (Shopping shopping = new Shopping("cut", instances)) {
            net.cut(List.of(1, 2), List.of(3, 4, 5));
            net.cut(List.of(3, 4, 5), List.of(1, 2));
            shopping.goesOnFor(ADDS);
            net.heal();
            endsWell(shopping, 3);
        }
    }

    @Test
    void oneDirectionIsCut() throws Exception {
        assumeThat(network).isPresent();
        Network net = network.orElseThrow();
        try (Shopping shopping = new Shopping("deaf", instances)) {
            net.cut(List.of(1, 4), List.of(2, 3));
            shopping.goesOnFor(ADDS);
            net.heal();
            endsWell(shopping, 3);
        }
    }

    private static void endsWell(Shopping shopping, int tries) throws Exception {
        shopping.goesOnFor(ADDS);
        Shopper.Ledger ledger = shopping.end();
        awaitHintsBroughtHome();

        System.out.printf("Five JVMs, %s: %s%n", shopping.name(), ledger);
        assertThat(ledger.mostTries())
                .as("tries of the add that needed most; clients were told %s", ledger.refusals())
                .isLessThanOrEqualTo(tries);
        instances.forEach(instance -> awaitCarts(shopping, instance, ledger));
    }

    /** A read that a busy home replica misses may answer what stand-ins have; what is lost is in no later one either. */
    private static void awaitCarts(Shopping shopping, CartInstance instance, Shopper.Ledger ledger) {
        Awaitility.await("carts at " + instance.url())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(shopping.linesAt(instance))
                        .as("carts at %s, which warned: %s", instance.url(), instance.warned())
                        .isEqualTo(ledger.lines()));
    }

    private static void awaitHintsBroughtHome() {
        try {
            Awaitility.await("hints are brought home")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() ->
                            instances.stream().mapToLong(CartInstance::hints).sum() == 0);
        } catch (ConditionTimeoutException e) {
            String left = instances.stream()
                    .map(each ->
                            "%s keeps %d hints, and warned:%n%s".formatted(each.url(), each.hints(), each.warned()))
                    .collect(Collectors.joining("\n"));
            throw new AssertionError("hints stay where they are\n" + left, e);
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int mb = 0; mb <= DISK_MB; mb++) {
                out.write(new byte[1 << 20]);
            }
            throw new AssertionError("the disk takes more than it has");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
