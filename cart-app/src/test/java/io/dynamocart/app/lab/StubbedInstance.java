package io.dynamocart.app.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves the page as an instance does, and answers all else as it is told to. */
final class StubbedInstance implements AutoCloseable {

    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private final HttpServer server;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();

    private final Map<String, CompletableFuture<?>> held = new ConcurrentHashMap<>();
    private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();

    /** A request that is no GET, and the context and the key that came with it, if they did. */
    record Write(
            String path, @Nullable String context, @Nullable String key) {}

    private record Reply(int status, String type, String body, Map<String, String> headers) {}

    StubbedInstance() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        answers("/page/settings.json", 200, "{'instances': [{'name': 'node-1', 'url': ''}], 'lab': false}");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** From now on this is the answer to all below a path, unless it has one for a part of it; JSON with apostrophes. */
    void answers(String path, int status, String json) {
        answers(path, status, json, Map.of());
    }

    void answers(String path, int status, String json, Map<String, String> headers) {
        replies.put(path, new Reply(status, "application/json", json.replace('\'', '"'), headers));
    }

    /** From now on nobody who asks for this path is answered before what is returned is complete. */
    CompletableFuture<?> holds(String path) {
        CompletableFuture<?> until = new CompletableFuture<>();
        held.put(path, until);
        return until;
    }

    /** Waits for the next write. */
    Write nextWrite() throws InterruptedException {
        return Objects.requireNonNull(writes.poll(20, TimeUnit.SECONDS), "no write came");
    }

    /** Those that came and were not waited for. */
    List<Write> writesSoFar() {
        List<Write> all = new ArrayList<>();
        writes.drainTo(all);
        return all;
    }

    /** The same for refusals that say how they could be overcome. */
    void refuses(String path, int status, String challenge) {
        replies.put(path, new Reply(status, "application/problem+json", "{}", Map.of("WWW-Authenticate", challenge)));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Reply reply = replies.entrySet().stream()
                    .filter(known -> path.startsWith(known.getKey()))
                    .max(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .orElseGet(() -> file(path.equals("/") ? "/page/index.html" : path));
            if (!exchange.getRequestMethod().equals("GET")) {
                Headers sent = exchange.getRequestHeaders();
                writes.add(new Write(path, sent.getFirst("Cart-Context"), sent.getFirst("Idempotency-Key")));
            }
            held.getOrDefault(path, CompletableFuture.completedFuture(null)).join();
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Reply file(String path) {
        try (InputStream file = StubbedInstance.class.getResourceAsStream(path)) {
            if (file == null) {
                return new Reply(404, "application/problem+json", "{}", Map.of());
            }
            String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/plain");
            return new Reply(200, type, new String(file.readAllBytes(), UTF_8), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
