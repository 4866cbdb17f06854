package io.dynamocart.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.operator.BackupCommand;
import io.dynamocart.app.operator.RestoreCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Three JVMs are backed up while clients shop, destroyed with their disks, and restored: docs/operations.md. */
class BackupIntegrationTests {

    private static final int ADDS = 150;

    @TempDir
    Path directory;

    private List<CartInstance> instances = List.of();

    @AfterEach
    void stop() {
        instances.forEach(CartInstance::close);
    }

    @Test
    void whatWasConfirmedBeforeTheBackupBeganIsThereAndWhatWasRemovedIsNot() throws Exception {
        instances = CartInstance.at(Place.onLoopback(3), directory);
        startAll();
        try (Shopping shopping = new Shopping("saved", instances)) {
            shopping.goesOnFor(ADDS);
            Map<String, Long> before = shopping.soFar().lines();
            Set<String> removed = shopping.soFar().removed();
            backUp();
            shopping.goesOnFor(ADDS);
            awaitBackups();
            Shopper.Ledger ledger = shopping.end();
            for (CartInstance instance : instances) {
                instance.kill();
                FileSystemUtils.deleteRecursively(instance.data());
                restore(instance);
            }
            startAll();

            System.out.printf("Three JVMs, backed up with %d lines, destroyed, restored: %s%n", before.size(), ledger);
            for (CartInstance instance : instances) {
                Map<String, Long> restored = shopping.linesAt(instance);
                assertThat(restored.keySet()).as("removed before").doesNotContainAnyElementsOf(removed);
                audit(restored, before, ledger.lines());
            }
        }
    }

    private static void audit(Map<String, Long> restored, Map<String, Long> before, Map<String, Long> after) {
        restored.forEach((line, quantity) ->
                assertThat(quantity).as("nothing twice of %s", line).isLessThanOrEqualTo(after.getOrDefault(line, 1L)));
        before.forEach((line, quantity) -> {
            // One that was taken out since may be there or not
            if (after.containsKey(line)) {
                assertThat(restored.getOrDefault(line, 0L))
                        .as("all of %s", line)
                        .isGreaterThanOrEqualTo(quantity);
            }
        });
    }

    private void backUp() {
        assertThat(backup("begin", "--url=" + instances.getFirst().url())).contains(" running: ");
    }

    private void awaitBackups() {
        Awaitility.await("the backups have ended")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> backup("status", "--url=" + urls()),
                        said -> said.lines().allMatch(line -> line.contains(" done: ")));
    }

    /** Of all instances, though one was asked to begin. */
    private String urls() {
        return instances.stream().map(CartInstance::url).collect(Collectors.joining(","));
    }

    private void startAll() {
        instances.forEach(instance -> instance.start("--dynamo.store.backup-dir=" + backups()));
        instances.forEach(CartInstance::awaitReady);
    }

    private void restore(CartInstance instance) throws IOException {
        String node = String.valueOf(instance.data().getFileName());
        try (Stream<Path> files = Files.list(backups())) {
            Path file = files.filter(each -> each.getFileName().toString().startsWith(node + "-"))
                    .findFirst()
                    .orElseThrow();
            String said = said(
                    (out, words) -> new RestoreCommand(out, Clock.systemUTC()).run(words),
                    file.toString(),
                    "--data-dir=" + instance.data(),
                    "--whole-cluster");
            assertThat(said).contains(" is " + node + " of cluster ");
        }
    }

    private Path backups() {
        return directory.resolve("backups");
    }

    private static String backup(String... words) {
        return said((out, args) -> new BackupCommand(out, Map.of()).run(args), words);
    }

    private static String said(BiFunction<PrintStream, List<String>, Integer> command, String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = command.apply(new PrintStream(said, true, StandardCharsets.UTF_8), List.of(words));
        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        return said.toString(StandardCharsets.UTF_8);
    }
}
