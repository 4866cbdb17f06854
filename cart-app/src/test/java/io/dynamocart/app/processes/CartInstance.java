package io.dynamocart.app.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** One instance of the application, started from its jar as README.md says, killed, and started again. */
final class CartInstance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Often enough; looking all the time would take one of two cores from the instances. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int number;
    private final int port;
    private final String address;
    private final List<String> seeds;
    private final Path directory;
    private @Nullable Process process;

    CartInstance(int number, int port, List<String> seeds, Path directory) {
        this.number = number;
        this.port = port;
        this.address = seeds.get(number - 1);
        this.seeds = seeds;
        this.directory = directory;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar().toString(),
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--dynamo.store.node-id=node-" + number,
                "--dynamo.store.address=" + address,
                "--dynamo.store.seeds=" + String.join(",", seeds),
                "--dynamo.store.data-dir=" + directory.resolve("node-" + number)));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the instance says that it is ready. */
    void awaitReady() {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).until(() -> isReady() || !isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("node-%d does not become ready; its log:%n%s".formatted(number, logged()), e);
        }
        if (!isAlive()) {
            throw new AssertionError("node-%d ended; its log:%n%s".formatted(number, logged()));
        }
    }

    private boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /** Asks it to stop, and waits until it has. */
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("node-%d does not stop; its log:%n%s".formatted(number, logged()));
            }
            process = null;
        }
    }

    String logged() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return directory.resolve("node-" + number + ".log");
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("cart-app-.*\\.jar"))
                    .filter(file -> !file.toString().endsWith("-tests.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no jar in target; run ./mvnw verify"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
