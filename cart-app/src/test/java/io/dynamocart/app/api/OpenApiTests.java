package io.dynamocart.app.api;

import static io.dynamocart.app.api.ApiDescription.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springdoc.core.service.OpenAPIService;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API at /v3/api-docs says what docs/api.md says. */
class OpenApiTests extends ContractTests {

    private final ApiDescription api = INSTANCE.description();

    @Test
    void everyCallOfTheControllerIsDescribedAndNothingElse() {
        Set<String> mapped = new TreeSet<>();
        INSTANCE.get()
                .beans(RequestMappingHandlerMapping.class)
                .forEach(mapping -> mapping.getHandlerMethods().forEach((request, handler) -> {
                    if (handler.getBeanType().equals(CartController.class)) {
                        mapped.addAll(namesOf(request));
                    }
                }));

        assertThat(api.calls()).isEqualTo(mapped);
    }

    /** One for each language that a client can think of would take a tenth of a second for each. */
    @Test
    void itIsMadeOnceAndNotForEveryLanguage() {
        http.get("/v3/api-docs", "Accept-Language", "tlh-x-once").is(200);

        assertThat(INSTANCE.get().bean(OpenAPIService.class).getCachedOpenAPI(Locale.forLanguageTag("tlh-x-once")))
                .isNull();
    }

    @Test
    void everyCallHasTheSuccessOfTheContract() {
        String successes = api.calls().stream()
                .map(call -> call + " " + statuses(call, 200, 300))
                .collect(Collectors.joining("\n"));

        assertThat(successes).isEqualTo("""
                DELETE /carts/{customerId} [202]
                DELETE /carts/{customerId}/items/{itemId} [202]
                GET /carts/{customerId} [200]
                GET /carts/{customerId}/items [200]
                GET /carts/{customerId}/items/{itemId} [200]
                GET /carts/{customerId}/merge [202]
                GET /carts/{customerId}/versions [200]
                PATCH /carts/{customerId}/items [202]
                POST /carts/{customerId}/checkout [200]
                POST /carts/{customerId}/items [201]
                POST /carts/{customerId}/merge [200]""");
    }

    @Test
    void everyWriteTakesAKeyAContextAndACondition() {
        for (String call : api.calls()) {
            if (isWrite(call)) {
                assertThat(requestHeaders(call))
                        .as(call)
                        .containsExactlyInAnyOrder("Idempotency-Key", "Cart-Context", "If-Match");
            } else {
                assertThat(requestHeaders(call)).as(call).doesNotContain("Idempotency-Key", "If-Match");
            }
        }
    }

    @Test
    void everyReadOfACartTakesAConditionAndThatOfOneLineAContextToo() {
        assertThat(requestHeaders("GET /carts/{customerId}")).containsExactly("If-None-Match");
        assertThat(requestHeaders("GET /carts/{customerId}/items")).containsExactly("If-None-Match");
        assertThat(requestHeaders("GET /carts/{customerId}/items/{itemId}"))
                .containsExactlyInAnyOrder("If-None-Match", "Cart-Context");
        assertThat(requestHeaders("GET /carts/{customerId}/versions")).isEmpty();
    }

    @Test
    void everyCallMayBeRefusedAsTheContractSays() {
        for (String call : api.calls()) {
            assertThat(statuses(call, 400, 600)).as(call).contains(400, 406, 429, 503);
            if (isWrite(call)) {
                assertThat(statuses(call, 400, 600)).as(call).contains(412, 413, 422);
            }
            boolean hasBody = api.call(call).has("requestBody");
            assertThat(statuses(call, 415, 416)).as(call).hasSize(hasBody ? 1 : 0);
        }
    }

    @Test
    void everyRefusalIsAProblem() {
        for (String call : api.calls()) {
            for (int status : statuses(call, 400, 600)) {
                JsonNode refusal = api.resolved(api.call(call).path("responses").path("" + status));
                assertThat(refusal.path("content").propertyNames()).containsExactly("application/problem+json");
                assertThat(refusal.at("/content/application~1problem+json/schema/$ref")
                                .asString())
                        .isEqualTo("#/components/schemas/Problem");
                assertThat(refusal.path("headers").has("Retry-After")).isEqualTo(status == 429 || status == 503);
            }
        }
    }

    @Test
    void aProblemHasTheFieldsOfTheContractAndTellsWhatIsInvalid() {
        JsonNode problem = api.root().at("/components/schemas/Problem");
        JsonNode error = problem.at("/properties/errors/items");

        assertThat(texts(problem.path("required")))
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance");
        assertThat(texts(error.path("required"))).containsExactlyInAnyOrder("field", "reason");
        assertThat(error.path("properties").propertyNames()).containsExactlyInAnyOrder("field", "reason");
    }

    @Test
    void itIsThereInYamlToo() {
        assertThat(http.get("/v3/api-docs.yaml").is(200).body()).contains("\n  /carts/{customerId}:\n");
    }

    @Test
    void aPageShowsItToPeople() {
        String page = http.get("/swagger-ui.html").is(302).header("Location");

        assertThat(http.get(page).is(200).header("Content-Type")).startsWith("text/html");
        assertThat(http.get("/").is(200).body()).contains("href=\"swagger-ui.html\"");
    }

    @Test
    void whatThePageOffersToTryIsAccepted() {
        assertThat(api.calls().stream().filter(call -> api.call(call).has("requestBody")))
                .isNotEmpty()
                .allSatisfy(call -> {
                    String[] methodAndPath = call.split(" ", 2);
                    String path = methodAndPath[1].replace("{customerId}", customer);
                    String body = exampleOf(api.call(call).at("/requestBody/content/application~1json/schema"));

                    http.send(methodAndPath[0], path, Http.json(body), "Content-Type", "application/json")
                            .is(statuses(call, 200, 300).getFirst());
                });
    }

    private String exampleOf(JsonNode schema) {
        ObjectNode example = JsonMapper.shared().createObjectNode();
        api.resolved(schema)
                .path("properties")
                .forEachEntry((name, property) -> example.set(name, property.required("example")));
        return example.toString();
    }

    private static List<String> namesOf(RequestMappingInfo request) {
        return request.getMethodsCondition().getMethods().stream()
                .flatMap(method -> request.getPatternValues().stream().map(path -> method + " " + path))
                .toList();
    }

    private static boolean isWrite(String call) {
        return !call.startsWith("GET") || call.endsWith("/merge");
    }

    private List<Integer> statuses(String call, int from, int to) {
        return api.call(call).path("responses").propertyNames().stream()
                .map(Integer::valueOf)
                .filter(status -> status >= from && status < to)
                .toList();
    }

    private List<String> requestHeaders(String call) {
        List<String> headers = new ArrayList<>();
        for (JsonNode part : api.call(call).path("parameters")) {
            JsonNode parameter = api.resolved(part);
            if (parameter.path("in").asString().equals("header")) {
                headers.add(parameter.path("name").asString());
            }
        }
        return headers;
    }
}
