package io.dynamocart.app.localcluster;

import java.util.Map;
import java.util.Objects;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** A shop that uses one of the instances. */
record Shop(RestClient service) {

    Shop(String url) {
        this(RestClient.create(url));
    }

    /** Puts one more of an item into a cart; gives the status of the answer. */
    int add(String cart, String item) {
        return service.post()
                .uri("/carts/{cart}/items", cart)
                .body(Map.of("itemId", item, "quantity", 1, "unitPrice", 150))
                .exchange((_, answer) -> answer.getStatusCode().value());
    }

    long quantity(String cart, String item) {
        JsonNode line = service.get()
                .uri("/carts/{cart}/items/{item}", cart, item)
                .retrieve()
                .body(JsonNode.class);
        return Objects.requireNonNull(line).path("quantity").longValue();
    }
}
