package io.dynamocart.app.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/security.md, "Customers' tokens", of an instance that asks for them. */
class TokensTests {

    private static final String JWT = "--spring.security.oauth2.resourceserver.jwt.";
    private static final String GUEST = "guest:0123456789abcdef0123456789abcdef";
    private static final String PEAR = "{'itemId':'pear','quantity':1,'unitPrice':5}";

    private static final TokenIssuer ISSUER = new TokenIssuer();
    private static final String[] ADA = ISSUER.token("ada");
    private static final String[] BOB = ISSUER.token("bob");

    private static Instance instance;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        instance = Instance.alone(
                JWT + "public-key-location=file:" + ISSUER.publicKeyIn(directory),
                "--spring.security.user.password=secret");
        http = new Http(instance.url());
    }

    @AfterAll
    static void stop() {
        http.close();
        instance.close();
    }

    @Test
    void aCustomersCartIsForTheSubjectItIsNamedAfter() {
        http.post("/carts/ada/items", PEAR, ADA).is(201);
        http.get("/carts/ada", ADA).is(200);
        http.patch("/carts/ada/items", PEAR, ADA).is(202);
        http.post("/carts/ada/checkout", "", ADA).is(200);
        http.delete("/carts/ada", ADA).is(202);
    }

    @Test
    void andForNobodyElse() {
        for (Answer answer : new Answer[] {
            http.get("/carts/ada", BOB),
            http.get("/carts/ada/items", BOB),
            http.post("/carts/ada/items", PEAR, BOB),
            http.delete("/carts/ada", BOB),
            http.post("/carts/ada/checkout", "", BOB)
        }) {
            assertThat(answer.isProblem(403, "forbidden").header("WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"insufficient_scope\"");
        }
    }

    @Test
    void withoutATokenOneIsAskedFor() {
        Answer answer = http.get("/carts/ada").isProblem(401, "unauthorized");

        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.text("instance")).isEqualTo("/carts/ada");
    }

    @Test
    void aTokenThatCannotBeBelievedIsNone() {
        String claims = Base64.getUrlEncoder().encodeToString("{\"sub\":\"ada\"}".getBytes(UTF_8));
        for (String[] token : new String[][] {
            new TokenIssuer().token("ada"),
            ISSUER.token("ada", Instant.now().minus(Duration.ofMinutes(5))),
            {"Authorization", "Bearer eyJhbGciOiJub25lIn0." + claims.replace("=", "") + "."},
            {"Authorization", "Bearer garbage"},
            {"Authorization", "Bearer two words"},
            {"Authorization", "Bearer"},
        }) {
            for (String cart : new String[] {"/carts/ada", "/carts/" + GUEST}) {
                assertThat(http.get(cart, token).isProblem(401, "unauthorized").header("WWW-Authenticate"))
                        .isEqualTo("Bearer error=\"invalid_token\"");
            }
        }
    }

    @Test
    void aGuestsCartIsForWhoKnowsItsName() {
        http.post("/carts/" + GUEST + "1/items", PEAR).is(201);
        http.get("/carts/" + GUEST + "1").is(200);
        http.get("/carts/" + GUEST + "1", ADA).is(200);
    }

    @Test
    void whichHasToBeTooLongToBeGuessed() {
        http.get("/carts/guest:1").isProblem(401, "unauthorized");
        http.post("/carts/" + GUEST.substring(0, GUEST.length() - 1) + "/items", PEAR, ADA)
                .isProblem(403, "forbidden");
        http.get("/carts/guest:1", ISSUER.token("guest:1")).isProblem(403, "forbidden");
    }

    @Test
    void aGuestsCartIsMergedIntoTheSubjectsOwn() {
        http.post("/carts/" + GUEST + "2/items", PEAR).is(201);

        Answer merged = http.post("/carts/eve/merge", "{'sessionId':'" + GUEST + "2'}", ISSUER.token("eve"));

        merged.is(200).says("totalQuantity", "1");
    }

    @Test
    void butNotAnotherCustomersCart() {
        String[] mallory = ISSUER.token("mallory");
        http.post("/carts/victim/items", PEAR, ISSUER.token("victim")).is(201);

        http.post("/carts/mallory/merge", "{'sessionId':'victim'}", mallory).isProblem(403, "forbidden");
        http.get("/carts/mallory/merge?sessionId=victim", mallory).isProblem(403, "forbidden");
        http.post("/carts/victim/merge", "{'sessionId':'" + GUEST + "'}", mallory)
                .isProblem(403, "forbidden");
        Answer anonymous = http.post("/carts/" + GUEST + "/merge", "{'sessionId':'victim'}");
        assertThat(anonymous.isProblem(401, "unauthorized").header("WWW-Authenticate"))
                .isEqualTo("Bearer");
        http.get("/carts/victim", ISSUER.token("victim")).says("totalQuantity", "1");
    }

    @Test
    void whatReplicasHoldIsForDevelopers() {
        http.get("/carts/ada/versions").isProblem(401, "unauthorized");
        http.get("/carts/ada/versions", ADA).isProblem(403, "forbidden");
        http.get("/carts/" + GUEST + "/versions").isProblem(401, "unauthorized");

        String[] developer = ISSUER.token("dev", "profile", "carts.versions");
        http.get("/carts/ada/versions", developer).is(200);
        http.get("/carts/ada", developer).isProblem(403, "forbidden");
    }

    @Test
    void aBackOfficeMayHaveAllCarts() {
        String[] office = ISSUER.token("office", "carts.all");
        http.post("/carts/carol/items", PEAR, office).is(201);
        http.post("/carts/dave/merge", "{'sessionId':'carol'}", office).is(200);
        http.get("/carts/dave/versions", office).isProblem(403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/carts/ada/",
                "//carts/ada",
                "/carts//ada",
                "/carts/%61da",
                "/carts/ada;a=b",
                "/carts;a=b/ada",
                "/carts/./ada",
                "/x/../carts/ada",
                "/carts/" + GUEST + "/../ada",
                "/carts/" + GUEST + "/%2e%2e/ada",
                "/carts/" + GUEST + "%2f..%2fada",
                "/carts",
                "/%63arts/ada"
            })
    void noOtherWayToNameACartAvoidsThat(String path) {
        Answer answer = http.raw("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close");

        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void whatIsNoCartIsOpenAndHttpIsTheSame() {
        http.get("/v3/api-docs").is(200);
        http.get("/actuator/health").is(200);
        http.get("/readyz").is(200);
        http.get("/livez").is(200);
        http.get("/nowhere").isProblem(404, "not-found");
        http.send("BREW", "/carts/ada", Http.json("{}"), ADA).isProblem(405, "method-not-allowed");
        http.raw(
                        "DELETE /carts/ada HTTP/1.1",
                        "Host: localhost",
                        "Connection: close",
                        ADA[0] + ": " + ADA[1],
                        "Idempotency-Key: \u0085")
                .isProblem(400, "bad-request");
    }

    @Test
    void whatSpringSecurityLetsNobodySendIsNotBlamedOnABody() {
        Answer answer = http.raw("GET /carts//ada HTTP/1.1", "Host: localhost", "Connection: close")
                .isProblem(400, "bad-request");

        assertThat(answer.text("detail")).startsWith("the path, the method, a header");
    }

    @Test
    void anOperatorsPasswordIsAnotherThing() {
        String[] operator = {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(UTF_8))
        };

        http.get("/actuator/ring", operator).is(200);
        http.get("/actuator/ring", ADA).isProblem(401, "unauthorized");
        http.get("/carts/ada", operator).isProblem(401, "unauthorized");
    }

    @Test
    void whereNobodyCanBeAskedForTheKeysItIsNotTheClientsFault() {
        try (Instance cut = Instance.alone(JWT + "jwk-set-uri=http://127.0.0.1:1/keys");
                Http there = new Http(cut.url())) {
            there.get("/carts/ada", ADA).isProblem(503, "tokens-cannot-be-checked");
            there.get("/carts/" + GUEST).is(200);
        }
    }
}
