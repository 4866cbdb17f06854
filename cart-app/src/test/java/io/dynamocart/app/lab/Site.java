package io.dynamocart.app.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance as a browser or a terminal meets it. */
record Site(RestClient client) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** What came back. */
    record Answer(int status, HttpHeaders headers, String body) {

        JsonNode json() {
            return MAPPER.readTree(body);
        }

        @Nullable
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    Site(String url) {
        this(RestClient.create(url));
    }

    Answer get(String path, String... headers) {
        return send(HttpMethod.GET, path, null, headers);
    }

    Answer put(String path, Object body, String... headers) {
        return send(HttpMethod.PUT, path, body, headers);
    }

    /** Puts one more of an item into a cart. */
    Answer add(String cart, String item) {
        Object line = Map.of("itemId", item, "quantity", 1, "unitPrice", 150);
        return send(HttpMethod.POST, "/carts/" + cart + "/items", line);
    }

    /** Asks what a browser asks before a page of this origin may do this. */
    Answer preflight(String path, String method, String origin) {
        return send(
                HttpMethod.OPTIONS,
                path,
                null,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "content-type,cart-context,idempotency-key");
    }

    /** @param headers names and values in turn; a body is JSON unless they say otherwise */
    Answer send(HttpMethod method, String path, @Nullable Object body, String... headers) {
        RestClient.RequestBodySpec request = client.method(method).uri(path);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(MAPPER.writeValueAsString(body));
        }
        request.headers(all -> {
            for (int i = 0; i < headers.length; i += 2) {
                all.set(headers[i], headers[i + 1]);
            }
        });
        return Objects.requireNonNull(request.exchange((_, answer) -> new Answer(
                answer.getStatusCode().value(),
                answer.getHeaders(),
                new String(answer.getBody().readAllBytes(), UTF_8))));
    }
}
