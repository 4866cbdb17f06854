package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RingCommandTests {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final RingCommand command = new RingCommand(new PrintStream(said, true, StandardCharsets.UTF_8), Map.of());

    @Test
    void whatItDoesNotUnderstandItAnswersWithWhatItDoes() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("help"),
                List.of("plan"),
                List.of("plan", "join"),
                List.of("plan", "alter"),
                List.of("plan", "replace", "node-1"),
                List.of("commit"),
                List.of("remove"),
                List.of("status", "--url="))) {
            said.reset();
            assertThat(command.run(words)).as("%s", words).isEqualTo(1);
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("ring status", "ring plan join");
        }
    }

    /** Or the option that says where is dropped, and a member is removed from another ring. */
    @Test
    void doesNothingWhereItDoesNotUnderstandAnOption() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer instance = answering(asked, "{}");
        for (String option : List.of("--ulr=http://other:8080", "--force", "--url", "--url=http://other:8080")) {
            said.reset();
            assertThat(command.run(List.of("remove", "node-3", url(instance), option)))
                    .as(option)
                    .isEqualTo(1);
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("ring remove NODE");
        }
        instance.stop(0);
        assertThat(asked).isEmpty();
    }

    @Test
    void saysWhatAUrlLooksLike() {
        for (String url :
                List.of("localhost:8080", "//host", "http://", "ftp://host", "http://a b", "http://h:80800")) {
            said.reset();
            assertThat(command.run(List.of("status", "--url=" + url))).as(url).isEqualTo(1);
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines(
                            "'%s' is no url of an instance; http://127.0.0.1:8080 is one".formatted(url));
        }
    }

    @Test
    void saysWhomItCouldNotReach() {
        assertThat(command.run(List.of("status", "--url=http://127.0.0.1:1"))).isEqualTo(2);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("http://127.0.0.1:1 does not answer")
                .contains("--url=");
    }

    @Test
    void aSlashAtTheEndOfAUrlIsNoPartOfThePath() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer instance = answering(asked, "{'members': []}".replace('\'', '"'));

        assertThat(command.run(List.of("status", url(instance) + "//"))).isZero();

        assertThat(asked).containsExactly("/actuator/ring ");
        instance.stop(0);
    }

    /** A proxy with a page of its own, say, or another service at that port. */
    @Test
    void whatNoInstanceAnswersIsNotTakenForOne() throws Exception {
        for (String answer : List.of("<html>\nwelcome</html>", "", "{}", "[]", "null", "{\"status\": \"up\"}")) {
            HttpServer proxy = answering(new ConcurrentLinkedQueue<>(), answer);
            said.reset();

            assertThat(command.run(List.of("status", url(proxy)))).as(answer).isEqualTo(1);

            assertThat(said.toString(StandardCharsets.UTF_8))
                    .startsWith("refused (200): an instance does not answer so")
                    .contains(answer.replace('\n', ' '));
            proxy.stop(0);
        }
    }

    @Test
    void asksForWhatWouldFollowFromChangedSettings() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer instance = answering(asked, """
                {"id": "2 by node-1#7/3fa9c1d0", "changes": ["alter node-2 in zone b"], "moves": 12,
                 "incoming": {"node-2": 12}, "outgoing": {"node-3": 12},
                 "holds": {"node-2": 140, "node-3": 116}, "committed": false, "waitingFor": [], "left": 12}
                """);

        assertThat(command.run(List.of("plan", "alter", "node-2", url(instance))))
                .isZero();

        assertThat(asked).containsExactly("/actuator/ring/plan {\"alter\":\"node-2\"}");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains(
                        "alter node-2 in zone b",
                        "12 partitions move",
                        "each holds then: {\"node-2\":140,\"node-3\":116}",
                        "ring commit '2 by node-1#7/3fa9c1d0' " + url(instance));
        instance.stop(0);
    }

    /** Between a removal and the plan that follows from it there is a moment without one. */
    @Test
    void noChangeIsUnderWayOnlyWhereNoneIsDueEither() throws Exception {
        HttpServer instance = answering(new ConcurrentLinkedQueue<>(), """
                {"node": "node-1", "members": [], "plan": null, "due": ["remove node-3#7"]}
                """);

        assertThat(command.run(List.of("status", url(instance)))).isZero();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("due, and about to be planned: remove node-3#7")
                .doesNotContain("no change is under way");
        instance.stop(0);
    }

    @Test
    void statusSaysWhoseSettingsHaveChanged() throws Exception {
        HttpServer instance = answering(new ConcurrentLinkedQueue<>(), """
                {"node": "node-1", "members": [], "otherThanOnRing": ["node-2#1f at b:7000, zone b, weight 1"]}
                """);

        assertThat(command.run(List.of("status", url(instance)))).isZero();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains(
                        "not so on the ring: node-2#1f at b:7000, zone b, weight 1 by its settings (ring plan alter)");
        instance.stop(0);
    }

    @Test
    void whatIsSaidAndNotOnDiskYetIsNoRefusal() throws Exception {
        HttpServer instance = answering(new ConcurrentLinkedQueue<>(), 202, """
                {"pending": "it is said, but not on the disk of node-1 yet"}
                """);

        assertThat(command.run(List.of("remove", "node-3", url(instance)))).isZero();

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("it is said, but not on the disk of node-1 yet");
        instance.stop(0);
    }

    private static HttpServer answering(Queue<String> asked, String answer) throws IOException {
        return answering(asked, 200, answer);
    }

    private static HttpServer answering(Queue<String> asked, int status, String answer) throws IOException {
        HttpServer instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext("/actuator/ring", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestURI() + " " + body);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        instance.start();
        return instance;
    }

    private static String url(HttpServer instance) {
        return "--url=http://127.0.0.1:" + instance.getAddress().getPort();
    }

    @Test
    void takesNameAndPasswordFromTheEnvironmentAsTheInstanceDoes() throws Exception {
        Queue<String> authorizations = new ConcurrentLinkedQueue<>();
        HttpServer instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext("/actuator/ring", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(401, -1);
        });
        instance.start();
        Map<String, String> environment =
                Map.of("SPRING_SECURITY_USER_NAME", "ops", "SPRING_SECURITY_USER_PASSWORD", "secret");
        new RingCommand(new PrintStream(said, true, StandardCharsets.UTF_8), environment)
                .run(List.of("status", url(instance)));

        instance.stop(0);
        assertThat(authorizations).containsExactly("Basic b3BzOnNlY3JldA==");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("refused (401)")
                .contains("SPRING_SECURITY_USER_PASSWORD");
    }

    @Test
    void isMeantByTheFirstArgumentOnly() {
        assertThat(RingCommand.isMeantBy("ring", "status")).isTrue();
        assertThat(RingCommand.isMeantBy("--server.port=1", "ring")).isFalse();
        assertThat(RingCommand.isMeantBy()).isFalse();
    }
}
