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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance of the application, started from its jar as README.md says, killed, and started again. */
final class CartInstance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Often enough; looking all the time would take one of two cores from the instances. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Place place;
    private final List<String> seeds;
    private final Path directory;
    private @Nullable Process process;
    private volatile boolean paused;

    CartInstance(Place place, List<String> seeds, Path directory) {
        this.place = place;
        this.seeds = seeds;
        this.directory = directory;
    }

    /** One for each place, all of them seeds, not started yet. */
    static List<CartInstance> at(List<Place> places, Path directory) {
        List<String> seeds = places.stream().map(Place::address).toList();
        return places.stream()
                .map(place -> new CartInstance(place, seeds, directory))
                .toList();
    }

    String url() {
        return "http://" + place.http();
    }

    Path data() {
        return directory.resolve(place.name());
    }

    void start(String... more) {
        List<String> command = new ArrayList<>(place.enter());
        command.addAll(Unpacked.command());
        command.addAll(List.of(
                "--server.port=" + place.port(),
                "--server.address=" + place.host(),
                "--dynamo.store.node-id=" + place.name(),
                "--dynamo.store.address=" + place.address(),
                "--dynamo.store.seeds=" + String.join(",", seeds),
                "--dynamo.store.data-dir=" + data(),
                "--dynamo.store.disk-reserve=64MB",
                // No test is about how quick this machine is
                "--dynamo.store.request-timeout=10s"));
        command.addAll(List.of(more));
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
            throw new AssertionError("%s does not become ready; its log:%n%s".formatted(place.name(), logged()), e);
        }
        if (!isAlive()) {
            throw new AssertionError("%s ended; its log:%n%s".formatted(place.name(), logged()));
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
                throw new AssertionError("%s does not stop; its log:%n%s".formatted(place.name(), logged()));
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

    /** The lines of its log that warn, and those of errors. */
    String warned() {
        return logged().lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        kill();
    }

    /** Stops it in its tracks, as a machine does that hangs; {@link #resume} ends that. */
    void pause() {
        paused = true;
        Commands.run("kill", "-STOP", pid());
    }

    void resume() {
        Commands.run("kill", "-CONT", pid());
        paused = false;
    }

    /** Whether it stands still, so that there is no use in waiting for it. */
    boolean isPaused() {
        return paused;
    }

    /** How many keys it keeps for other nodes. */
    long hints() {
        return json("/actuator/hints").get("keys").asLong();
    }

    /** The cart as this instance answers it. */
    JsonNode cart(String cart) {
        return json("/carts/" + cart);
    }

    private String pid() {
        return Long.toString(Objects.requireNonNull(process).pid());
    }

    private JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    "%s%s is answered by %d: %s".formatted(url(), path, answer.statusCode(), answer.body()));
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private boolean isReady() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return directory.resolve(place.name() + ".log");
    }
}
