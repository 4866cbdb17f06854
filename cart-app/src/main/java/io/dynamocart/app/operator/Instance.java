package io.dynamocart.app.operator;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of one running instance, for the commands of operators. It asks the instance's Actuator endpoints.
 */
final class Instance {

    static final String STANDARD_URL = "http://127.0.0.1:8080";

    private static final int MOST_PORT = 65_535;
    private static final int MOST_QUOTED = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** 202 for what is said, and takes effect later. */
    private static final List<Integer> TAKEN = List.of(200, 202);

    private final JsonMapper json = JsonMapper.builder().build();
    private final String url;
    private final @Nullable String authorization;

    /**
     * Sends nothing yet.
     *
     * @param url of its REST API, or of its management where that has a port of its own
     * @param environment what the shell gives: the name and password of an instance that asks for them
     */
    Instance(String url, Map<String, String> environment) {
        this.url = url.replaceFirst("/+$", "");
        this.authorization = authorization(environment);
    }

    /** The header with name and password, from the variables that set them for an instance, too; null without a password. */
    private static @Nullable String authorization(Map<String, String> environment) {
        String password = environment.get("SPRING_SECURITY_USER_PASSWORD");
        if (password == null) {
            return null;
        }
        String both = environment.getOrDefault("SPRING_SECURITY_USER_NAME", "user") + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer of an instance: JSON, or, where it refused or something else answered, the reason in words. */
    sealed interface Answer {

        record Given(JsonNode body) implements Answer {}

        record Refused(int status, String problem) implements Answer {}
    }

    /** Whether an instance can be asked by it: the client throws at anything else. */
    static boolean isUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getPort() <= MOST_PORT;
        } catch (URISyntaxException notEvenThat) {
            return false;
        }
    }

    /** What to say of something that is no url. */
    static String noUrl(String word) {
        return "'%s' is no url of an instance; %s is one".formatted(word, STANDARD_URL);
    }

    String url() {
        return url;
    }

    /** What to say where it could not be asked. */
    String silence(IOException why) {
        return "%s does not answer (%s). Is an instance there? --url= says where to ask".formatted(url, why);
    }

    /**
     * Asks.
     *
     * @param endpoint the path below {@code /actuator/}
     * @param fields of which its answer has one; what has none comes from something else
     */
    Answer get(String endpoint, List<String> fields) throws IOException, InterruptedException {
        return send(request(endpoint).GET(), fields);
    }

    /** Wants something done; as {@link #get}. */
    Answer post(String endpoint, Map<String, String> body, List<String> fields)
            throws IOException, InterruptedException {
        return send(
                request(endpoint)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(body))),
                fields);
    }

    private HttpRequest.Builder request(String endpoint) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/actuator/" + endpoint))
                .timeout(PATIENCE);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request, List<String> fields) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            int status = response.statusCode();
            if (!TAKEN.contains(status)) {
                return new Answer.Refused(status, problem(status, response.body()));
            }
            JsonNode body = read(response.body());
            return fields.stream().anyMatch(body::has)
                    ? new Answer.Given(body)
                    : new Answer.Refused(status, noAnswer(response.body()));
        }
    }

    /** Nothing where it is no JSON. */
    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return json.missingNode();
        }
    }

    private static String noAnswer(String body) {
        String start = body.length() > MOST_QUOTED ? body.substring(0, MOST_QUOTED) + "…" : body;
        return "an instance does not answer so, maybe something before it does: '%s'"
                .formatted(start.replaceAll("\\s+", " "));
    }

    /** In words that say what to do, also where it is not the store that refuses. */
    private String problem(int status, String body) {
        return switch (status) {
            case 401 ->
                "it asks for a name and a password: set SPRING_SECURITY_USER_NAME and SPRING_SECURITY_USER_PASSWORD to its own";
            case 403 -> "changes are taken by 127.0.0.1 from the machine of an instance only, or with a password";
            case 404 -> "there is nothing for operators at %s; its management port may be another one".formatted(url);
            default -> problem(body);
        };
    }

    private String problem(String body) {
        JsonNode answer = read(body);
        return answer.path("problem").asString(answer.path("detail").asString(body));
    }
}
