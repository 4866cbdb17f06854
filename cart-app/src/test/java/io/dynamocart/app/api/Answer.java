package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered, and what a test may say of it. */
record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int STATUS = "HTTP/1.1 ".length();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Reads an answer that ends with its connection. */
    static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        HttpHeaders all = HttpHeaders.of(headers, (_, _) -> true);
        String body = text.substring(end + 4);
        return new Answer(
                Integer.parseInt(lines.getFirst(), STATUS, STATUS + 3, 10),
                all,
                all.firstValue("Transfer-Encoding").isPresent() ? joinChunks(body) : body);
    }

    private static String joinChunks(String body) {
        StringBuilder joined = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int data = body.indexOf("\r\n", at) + 2;
            int length = Integer.parseInt(body, at, data - 2, 16);
            joined.append(body, data, data + length);
            at = data + length + 2;
        }
        return joined.toString();
    }

    @CanIgnoreReturnValue
    Answer is(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Says exactly this, in JSON that may be quoted with apostrophes. */
    @CanIgnoreReturnValue
    Answer says(String json) {
        assertThat(json()).isEqualTo(MAPPER.readTree(json.replace('\'', '"')));
        return this;
    }

    /** Says this of one field. */
    @CanIgnoreReturnValue
    Answer says(String field, String json) {
        assertThat(json().get(field)).isEqualTo(MAPPER.readTree(json.replace('\'', '"')));
        return this;
    }

    /** Its detail ends by what its client can do. */
    @CanIgnoreReturnValue
    Answer advises(String what) {
        assertThat(json().path("detail").asString()).endsWith("; " + what);
        return this;
    }

    /** Is an error in the form of RFC 9457, with everything that the API promises of one. */
    @CanIgnoreReturnValue
    Answer isProblem(int expected, String type) {
        is(expected);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("status").intValue()).isEqualTo(expected);
        assertThat(problem.path("type").asString()).isEqualTo("urn:dynamo-cart:problem:" + type);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(URI.create(problem.path("instance").asString()).getPath()).startsWith("/");
        if (expected == 429 || expected == 503) {
            assertThat(header("Retry-After")).matches("[1-9]\\d*");
        }
        return this;
    }

    /** Is a refusal of invalid input that names exactly these fields and reasons, given in turn. */
    void blames(String... fieldsAndReasons) {
        isProblem(400, "invalid-request");
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json().path("errors")) {
            errors.add(
                    error.path("field").asString() + " " + error.path("reason").asString());
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < fieldsAndReasons.length; i += 2) {
            expected.add(fieldsAndReasons[i] + " " + fieldsAndReasons[i + 1]);
        }
        assertThat(errors).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(text("detail")).isEqualTo(String.join("; ", errors));
    }

    JsonNode json() {
        return MAPPER.readTree(body);
    }

    String text(String field) {
        return json().path(field).asString();
    }

    String header(String name) {
        assertThat(headers.firstValue(name)).as(name).isPresent();
        return headers.firstValue(name).orElseThrow();
    }

    String tag() {
        return header("ETag");
    }

    String context() {
        return header("Cart-Context");
    }
}
