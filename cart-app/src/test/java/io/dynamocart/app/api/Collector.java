package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A collector of traces that speaks OTLP over HTTP, and keeps the bytes it gets. */
final class Collector implements AutoCloseable {

    private final Queue<String> batches = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::collect);
        server.start();
    }

    /** With these an instance sends its spans here. */
    String[] settings() {
        int port = server.getAddress().getPort();
        return new String[] {
            "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:%d/v1/traces".formatted(port),
            "--management.opentelemetry.tracing.export.schedule-delay=50ms"
        };
    }

    /** All bytes so far; strings and ids stand in them as they are. */
    String collected() {
        return String.join("", batches);
    }

    int spansOf(String trace) {
        return collected().split(Pattern.quote(bytes(trace)), -1).length - 1;
    }

    /** The id of the first span of this name; its fields are the id of its trace, its own, its parent's, and the name. */
    String idOf(String name) {
        Matcher span = Pattern.compile("\\x12\\x08(.{8})\\x22\\x08.{8}\\x2a." + Pattern.quote(name), Pattern.DOTALL)
                .matcher(collected());
        assertThat(span.find()).as("there is a span " + name).isTrue();
        return span.group(1);
    }

    static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void collect(HttpExchange exchange) throws IOException {
        batches.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
