package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** docs/operations.md, "Where a cart lives". */
class KeyEndpointTests extends ContractTests {

    @Test
    void showsWhatEachReplicaHoldsOfACartButNotTheCart() {
        http.post(cart + "/items", "{'itemId':'apple','quantity':1,'unitPrice':100}".replace('\'', '"'))
                .is(201);

        Answer answer = http.get("/actuator/key/cart/" + customer).is(200);
        assertThat(answer.text("key")).isEqualTo("cart/" + customer);
        JsonNode version = answer.json().get("replicas").get(0).get("versions").get(0);
        assertThat(version.get("bytes").asInt()).isPositive();
        assertThat(version.get("dot").asString()).isNotBlank();
        assertThat(answer.body()).doesNotContain("apple");
    }

    @Test
    void saysWhatIsNoKey() {
        http.get("/actuator/key/").isProblem(400, "bad-request");
        http.get("/actuator/key/" + "x".repeat(1_025)).isProblem(400, "bad-request");
    }
}
