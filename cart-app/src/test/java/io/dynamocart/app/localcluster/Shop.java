package io.dynamocart.app.localcluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Objects;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** A shop that uses one of the instances. */
record Shop(RestClient service) {

    /** What came back of an add. */
    record Answer(int status, String body) {

        boolean isCreated() {
            return status == 201;
        }
    }

    Shop(String url) {
        this(RestClient.create(url));
    }

    /** Puts one more of an item into a cart. */
    Answer add(String cart, String item) {
        return service.post()
                .uri("/carts/{cart}/items", cart)
                .body(Map.of("itemId", item, "quantity", 1, "unitPrice", 150))
                .exchangeForRequiredValue((_, answer) -> new Answer(
                        answer.getStatusCode().value(),
                        new String(answer.getBody().readAllBytes(), UTF_8)));
    }

    long quantity(String cart, String item) {
        JsonNode line = service.get()
                .uri("/carts/{cart}/items/{item}", cart, item)
                .retrieve()
                .body(JsonNode.class);
        return Objects.requireNonNull(line).path("quantity").longValue();
    }
}
