package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.localcluster.InstanceState;
import io.dynamocart.app.localcluster.SharedLocalCluster;
import io.dynamocart.store.runtime.Await;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** docs/operations.md, "The lab of the local cluster". */
@Timeout(60)
class LabTests {

    private static final String EVIL = "http://evil.example";

    @RegisterExtension
    static final SharedLocalCluster CLUSTER = new SharedLocalCluster();

    private final List<Site> sites =
            CLUSTER.get().urls().stream().map(Site::new).toList();
    private final Site first = sites.getFirst();
    private final Site second = sites.get(1);

    @AfterEach
    void repair() {
        CLUSTER.repair();
    }

    @Test
    void everyInstanceShowsTheWholeCluster() {
        for (Site site : sites) {
            JsonNode lab = site.get("/lab").json();
            assertThat(lab.path("instances").findValuesAsString("url"))
                    .isEqualTo(CLUSTER.get().urls());
            assertThat(lab.path("instances").findValuesAsString("state")).containsOnly("running");
            assertThat(lab.path("cuts")).isEmpty();
            assertThat(List.of(
                            lab.path("n").asInt(),
                            lab.path("r").asInt(),
                            lab.path("w").asInt()))
                    .containsExactly(3, 2, 2);
        }
    }

    @Test
    void aCutIsFoundOutByTheSilenceAndOnlyInItsDirection() {
        assertThat(cut("node-1", "node-2").json().path("cuts")).hasSize(1);

        askUntil(
                "the silence is noticed",
                () -> !peer(first, "node-2").path("trusted").asBoolean());
        assertThat(peer(first, "node-2").path("linked").asBoolean()).isTrue();
        askUntil(
                "the others trust each other",
                () -> peer(second, "node-3").path("trusted").asBoolean());

        assertThat(first.put("/lab/cuts", Map.of("cuts", List.of())).json().path("cuts"))
                .isEmpty();
        askUntil(
                "the second is back",
                () -> peer(first, "node-2").path("trusted").asBoolean());
    }

    @Test
    void aNodeThatIsAloneRefusesWritesUnlessOneIsEnough() {
        cutOff("node-2");
        assertThat(second.add("lonely", "apple").status()).isEqualTo(503);

        assertThat(first.put("/lab/quorum", Map.of("r", 1, "w", 1)).status()).isEqualTo(200);
        assertThat(second.add("lonely", "apple").status()).isEqualTo(201);
    }

    @Test
    void anInstanceIsStoppedAndStartedAgainEvenByItself() {
        assertThat(second.put("/lab/instances/node-2", Map.of("running", false)).status())
                .isEqualTo(202);
        CLUSTER.await("node-2", InstanceState.STOPPED);
        assertThat(first.get("/lab")
                        .json()
                        .path("instances")
                        .get(1)
                        .path("state")
                        .asString())
                .isEqualTo("stopped");
        assertThat(first.add("while-away", "apple").status()).isEqualTo(201);

        assertThat(first.put("/lab/instances/node-2", Map.of("running", true)).status())
                .isEqualTo(202);
        CLUSTER.await("node-2", InstanceState.RUNNING);
        askUntil(
                "what was missed is there",
                () -> second.get("/carts/while-away")
                                .json()
                                .path("totalQuantity")
                                .asInt()
                        == 1);
    }

    @Test
    void whatIsNotPossibleIsRefused() {
        assertThat(cut("node-1", "node-9").status()).isEqualTo(400);
        assertThat(first.put("/lab/cuts", Map.of()).status()).isEqualTo(400);
        assertThat(first.put("/lab/instances/node-9", Map.of("running", true)).status())
                .isEqualTo(404);
        assertThat(first.put("/lab/quorum", Map.of("r", 4, "w", 1)).status()).isEqualTo(400);
        assertThat(first.put("/lab/quorum", Map.of("r", 0, "w", 1)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void onlyJsonIsRead(String type) {
        Site.Answer answer = first.send(HttpMethod.PUT, "/lab/cuts", Map.of("cuts", List.of()), "Content-Type", type);

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        for (Site.Answer answer : List.of(
                first.get("/lab", "Origin", EVIL),
                first.get("/lab", "Sec-Fetch-Site", "cross-site"),
                first.put("/lab/cuts", Map.of("cuts", List.of()), "Origin", EVIL),
                first.get("/carts/c", "Origin", EVIL),
                first.get("/actuator/node", "Origin", EVIL))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            assertThat(answer.json().path("type").asString()).startsWith("urn:dynamo-cart:problem:");
        }
        for (String path : List.of("/lab/cuts", "/carts/c/items", "/actuator/ring/plan")) {
            Site.Answer preflight = first.preflight(path, "PUT", EVIL);
            assertThat(preflight.status()).as(path).isEqualTo(403);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    /** A browser that follows it says no origin, as with any other read. */
    @Test
    void noLinkOrPictureOfAnotherSiteMergesCarts() {
        first.add("guest", "apple");
        String merge = "/carts/lured/merge?sessionId=guest";

        for (String site : List.of("cross-site", "same-site")) {
            Site.Answer followed = first.get(merge, "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "navigate");
            assertThat(followed.status()).isEqualTo(403);
            assertThat(quantity("guest")).isEqualTo(1);
        }
        assertThat(first.get(merge, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(202);
        assertThat(quantity("lured")).isEqualTo(1);
        assertThat(first.get("/carts/back/merge?sessionId=lured").status()).isEqualTo(202);
        assertThat(quantity("back")).isEqualTo(1);
    }

    /** By them a page of another site would be one of ours, and read and change carts. */
    @ParameterizedTest
    @ValueSource(strings = {"/carts/c", "/actuator/node", "/lab", "/"})
    void soAreNamesThatWereMadeToLeadHere(String path) throws IOException {
        URI url = URI.create(CLUSTER.get().urls().getFirst());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET %s HTTP/1.0\r\nHost: evil.example:%d\r\n\r\n".formatted(path, url.getPort());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream())
                    .asString(StandardCharsets.UTF_8)
                    .startsWith("HTTP/1.1 403")
                    .contains("the local cluster is at localhost or 127.0.0.1, and has no other name");
        }
    }

    @Test
    void pagesOfTheClusterMayUseTheOtherInstances() {
        for (String host : List.of("localhost", "127.0.0.1")) {
            String origin = "http://" + host + ":"
                    + URI.create(CLUSTER.get().urls().getFirst()).getPort();

            Site.Answer preflight = second.preflight("/carts/c/items", "POST", origin);
            assertThat(preflight.status()).isEqualTo(200);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(origin);
            assertThat(preflight.header("Access-Control-Allow-Credentials")).isNull();
            assertThat(second.preflight("/lab/cuts", "PUT", origin).status()).isEqualTo(200);

            Site.Answer read = second.get("/carts/c", "Origin", origin);
            assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(origin);
            assertThat(read.header("Access-Control-Expose-Headers")).contains("Cart-Context", "ETag", "Retry-After");
        }
    }

    @Test
    void butNotToChangeTheRing() {
        assertThat(second.preflight(
                                "/actuator/ring/plan",
                                "POST",
                                CLUSTER.get().urls().getFirst())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void thePageKnowsTheInstancesAndMayTalkToNobodyElse() {
        JsonNode settings = first.get("/page/settings.json").json();
        assertThat(settings.path("lab").asBoolean()).isTrue();
        assertThat(settings.path("instances").findValuesAsString("url"))
                .isEqualTo(CLUSTER.get().urls());

        Site.Answer page = first.get("/");
        assertThat(page.header("Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "connect-src 'self' " + CLUSTER.get().urls().getFirst());
    }

    private int quantity(String cart) {
        return first.get("/carts/" + cart).json().path("totalQuantity").asInt();
    }

    private Site.Answer cut(String from, String to) {
        return first.put("/lab/cuts", Map.of("cuts", List.of(Map.of("from", from, "to", to))));
    }

    private void cutOff(String node) {
        List<Map<String, String>> cuts = List.of("node-1", "node-2", "node-3").stream()
                .filter(other -> !other.equals(node))
                .flatMap(
                        other -> List.of(Map.of("from", node, "to", other), Map.of("from", other, "to", node)).stream())
                .toList();
        first.put("/lab/cuts", Map.of("cuts", cuts));
    }

    private static JsonNode peer(Site site, String name) {
        for (JsonNode peer : site.get("/actuator/node").json().path("peers")) {
            if (peer.path("id").asString().equals(name)) {
                return peer;
            }
        }
        throw new IllegalStateException("no peer " + name);
    }

    private void askUntil(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            // Each write asks all replicas, so that silence is noticed
            first.add("noticing", "apple");
            return condition.getAsBoolean();
        });
    }
}
