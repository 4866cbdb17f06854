package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/security.md, "The web page", of an instance with a node of its own. */
class PageTests extends ContractTests {

    @Test
    void thePageIsAtTheRootAndMayDoNothingButTalkToItsInstance() {
        Answer page = http.get("/").is(200);

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("Dynamo Cart");
        assertThat(page.header("Content-Security-Policy").split("; "))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "form-action 'none'")
                .noneMatch(rule -> rule.contains("unsafe") || rule.contains("http"));
    }

    @Test
    void itKnowsItsInstance() {
        http.get("/page/settings.json").is(200).says("{'instances':[{'name':'node-1','url':''}],'lab':false}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page.css", "main.js", "icon.svg"})
    void itsFilesAreFetchedAgainOnlyWhenTheyAreOthers(String name) {
        Answer file = http.get("/page/" + name).is(200);

        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        http.get("/page/" + name, "If-None-Match", file.tag()).is(304);
        http.get("/page/" + name, "If-None-Match", "\"another\"").is(200);
    }

    @Test
    void nothingElseIsServedAsAFile() {
        for (String path : List.of("/page/", "/page/nothing.js", "/page/../application.yaml", "/application.yaml")) {
            http.get(path).isProblem(404, "not-found");
        }
    }

    @Test
    void hereIsNoLab() {
        for (String path : List.of("/lab", "/lab/cuts", "/lab/instances/node-1", "/lab/quorum")) {
            for (String method : List.of("GET", "PUT", "POST", "DELETE")) {
                http.send(method, path, BodyPublishers.ofString("{}"), "Content-Type", "application/json")
                        .isProblem(404, "not-found");
            }
        }
    }

    @Test
    void andNoOtherSiteIsLetIn() {
        Answer read = http.get(cart, "Origin", "http://localhost:8082").is(200);
        assertThat(read.headers().map()).doesNotContainKey("Access-Control-Allow-Origin");

        Answer preflight = http.send(
                "OPTIONS",
                cart,
                BodyPublishers.noBody(),
                "Origin",
                "http://localhost:8082",
                "Access-Control-Request-Method",
                "DELETE");
        assertThat(preflight.headers().map()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void theRingIsShownWithThePlaceOfACart() {
        Answer ring = http.get("/actuator/partitions?key=cart/" + customer).is(200);

        ring.says("nodes", "['node-1']").says("owners", "[0,0,0,0,0,0,0,0]");
        assertThat(ring.json().at("/key/partition").asInt()).isBetween(0, 7);
        assertThat(ring.json().at("/key/homes/0").asString()).isEqualTo("node-1");
        assertThat(http.get("/actuator/partitions").json().get("key").isNull()).isTrue();
    }
}
