package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** docs/security.md, "Management", of instances whose management has a port of its own. */
class ManagementTests {

    private static final String OWN_PORT = "--management.server.port=0";
    private static final String PASSWORD = "--spring.security.user.password=secret";
    private static final String PLAN = "{'leave':'node-1'}";

    @Test
    void withAPasswordItIsForWhoKnowsItAndHealthForAll() {
        try (Instance instance = Instance.alone(OWN_PORT, "--spring.security.user.name=ops", PASSWORD);
                Http shop = new Http(instance.url());
                Http management = new Http(instance.managementUrl())) {
            for (String path : new String[] {"/actuator", "/actuator/ring", "/actuator/prometheus", "/actuator/info"}) {
                Answer answer = management.get(path).is(401);
                assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"operators\"");
                management.get(path, "Authorization", basic("ops", "wrong")).is(401);
                management.get(path, "Authorization", basic("ops", "secret")).is(200);
            }
            management.post("/actuator/ring/plan", PLAN).is(401);
            Answer planned = management.post(
                    "/actuator/ring/plan", PLAN, "Authorization", basic("ops", "secret"), "Forwarded", "for=192.0.2.1");
            assertThat(planned.status()).isNotIn(401, 403);
            management.get("/actuator/health").is(200);
            management.get("/actuator/health/readiness").is(200);
            management.get("/actuator/health/liveness").is(200);

            shop.get("/actuator/health").is(404);
            shop.get("/carts/c").is(200);
        }
    }

    @Test
    void withoutOneItShowsAndIsChangedOnlyFromTheMachineWhateverProxiesSay() {
        try (Instance instance = Instance.alone(OWN_PORT, "--server.forward-headers-strategy=framework");
                Http management = new Http(instance.managementUrl())) {
            management.get("/actuator/ring", "X-Forwarded-For", "192.0.2.1").is(200);
            assertThat(management.post("/actuator/ring/plan", PLAN).status()).isNotIn(401, 403);
            for (String client : new String[] {"192.0.2.1", "127.0.0.1"}) {
                management
                        .post("/actuator/ring/plan", PLAN, "X-Forwarded-For", client)
                        .is(403);
            }
        }
    }

    @Test
    void whoProbesThePortOfTheApiNeedsNeitherAPasswordNorTheOtherPort() {
        try (Instance instance = Instance.alone(OWN_PORT, PASSWORD);
                Http shop = new Http(instance.url())) {
            assertThat(shop.get("/readyz").is(200).body()).isEqualTo("{\"status\":\"UP\"}");
            shop.get("/livez").is(200);
        }
        try (Instance unborn = Instance.waitingForAnother(OWN_PORT, PASSWORD);
                Http shop = new Http(unborn.url())) {
            shop.get("/readyz").is(503);
            shop.get("/livez").is(200);
        }
    }

    @Test
    void onThePortOfTheApiItIsTheSame() {
        try (Instance instance = Instance.alone("--server.forward-headers-strategy=native", PASSWORD);
                Http http = new Http(instance.url())) {
            http.get("/actuator/ring").isProblem(401, "unauthorized");
            http.get("/actuator/ring", "Authorization", basic("user", "secret")).is(200);
            http.get("/actuator/health/readiness").is(200);
            http.get("/readyz").is(200);
            http.get("/carts/c").is(200);
            http.get("/v3/api-docs").is(200);
        }
    }

    /** What it believes it does not leave to be seen: no X-Forwarded-For, and an address of the proxy's invention. */
    @Test
    void whereTomcatBelievesProxiesNobodyIsOnTheMachine() {
        try (Instance instance = Instance.alone("--server.forward-headers-strategy=native");
                Http http = new Http(instance.url())) {
            http.post("/actuator/ring/plan", PLAN, "X-Forwarded-For", "127.0.0.1")
                    .isProblem(403, "forbidden");
            http.post("/actuator/ring/plan", PLAN).isProblem(403, "forbidden");
        }
    }

    private static String basic(String name, String password) {
        byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}
