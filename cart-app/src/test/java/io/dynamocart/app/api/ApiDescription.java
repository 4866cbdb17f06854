package io.dynamocart.app.api;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What the service says of its API, and whether an answer is as it says. */
record ApiDescription(JsonNode root) {

    static ApiDescription of(URI service) {
        try (Http http = new Http(service)) {
            return new ApiDescription(http.get("/v3/api-docs").is(200).json());
        }
    }

    /** The calls, each by its method and path. */
    Set<String> calls() {
        Set<String> calls = new TreeSet<>();
        root.path("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return calls;
    }

    JsonNode call(String name) {
        String[] methodAndPath = name.split(" ", 2);
        return root.path("paths").path(methodAndPath[1]).path(methodAndPath[0].toLowerCase(Locale.ROOT));
    }

    /** The calls that a request is one of: one, or none. */
    Set<String> callsOf(Http.Exchange exchange) {
        String request = exchange.method() + " " + exchange.path().replaceFirst("\\?.*", "");
        Set<String> calls = calls();
        calls.removeIf(call -> !request.matches(call.replaceAll("\\{\\w+}", "[^/]+")));
        return calls;
    }

    /** What stands there, or where it refers to. */
    JsonNode resolved(JsonNode part) {
        return part.has("$ref") ? root.requiredAt(part.get("$ref").asString().substring(1)) : part;
    }

    /** In what the answers to described calls are not as described. */
    List<String> contradictions(List<Http.Exchange> exchanges) {
        List<String> contradictions = new ArrayList<>();
        for (Http.Exchange exchange : exchanges) {
            callsOf(exchange).forEach(call -> compare(call, exchange.answer(), contradictions));
        }
        return contradictions;
    }

    private void compare(String call, Answer answer, List<String> contradictions) {
        JsonNode described = call(call).path("responses").path(String.valueOf(answer.status()));
        if (described.isMissingNode()) {
            contradictions.add("%s does not answer %d: %s".formatted(call, answer.status(), answer.body()));
        } else {
            compare(call, resolved(described), answer, contradictions);
        }
    }

    private void compare(String call, JsonNode described, Answer answer, List<String> contradictions) {
        described.path("headers").forEachEntry((name, _) -> {
            if (answer.headers().firstValue(name).isEmpty()) {
                contradictions.add("%s does not answer %d without %s".formatted(call, answer.status(), name));
            }
        });
        JsonNode content = described.path("content");
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (content.has(type)) {
            String at = "%s, %d: body".formatted(call, answer.status());
            compare(at, content.get(type).get("schema"), answer.json(), contradictions);
        } else if (!content.isEmpty() || !answer.body().isEmpty()) {
            contradictions.add("%s does not answer %d with '%s'".formatted(call, answer.status(), type));
        }
    }

    private void compare(String at, JsonNode reference, JsonNode value, List<String> contradictions) {
        JsonNode schema = resolved(reference);
        if (!texts(schema.path("type")).contains(typeOf(value))) {
            contradictions.add("%s is %s, not %s".formatted(at, value, schema));
        } else if (value.isArray()) {
            value.forEach(element -> compare(at + "[]", schema.get("items"), element, contradictions));
        } else if (value.isObject()) {
            JsonNode fields = schema.path("properties");
            texts(schema.path("required")).stream()
                    .filter(field -> !value.has(field))
                    .forEach(field -> contradictions.add("%s lacks '%s'".formatted(at, field)));
            value.forEachEntry((field, part) -> {
                if (fields.has(field)) {
                    compare(at + "." + field, fields.get(field), part, contradictions);
                } else {
                    contradictions.add("%s has '%s'".formatted(at, field));
                }
            });
        }
    }

    private static String typeOf(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** One text, or an array of them. */
    static List<String> texts(JsonNode oneOrMore) {
        return oneOrMore.isString()
                ? List.of(oneOrMore.asString())
                : StreamSupport.stream(oneOrMore.spliterator(), false)
                        .map(JsonNode::asString)
                        .toList();
    }
}
