package io.dynamocart.app.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A client that sends what it is told to, right or wrong. Headers are given as names and values in turn; JSON may be
 * quoted with apostrophes.
 */
final class Http implements AutoCloseable {

    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();

    /** A request, and what was answered. */
    record Exchange(String method, String path, Answer answer) {}

    Http(URI base) {
        this.base = base;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json(json), withJson(headers));
    }

    Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, json(json), withJson(headers));
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            Answer answer = Answer.of(client.send(request.build(), BodyHandlers.ofString()));
            exchanges.add(new Exchange(method, path, answer));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All so far, except the raw ones. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Sends lines that no client would send, and reads what is answered until the server hangs up. */
    Answer raw(String... lines) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BodyPublisher json(String text) {
        return BodyPublishers.ofString(text.replace('\'', '"'));
    }

    @Override
    public void close() {
        client.close();
    }

    private static String[] withJson(String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return all;
    }
}
