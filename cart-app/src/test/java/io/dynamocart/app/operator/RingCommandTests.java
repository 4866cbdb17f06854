package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
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
                List.of("plan", "replace", "node-1"),
                List.of("commit"),
                List.of("remove"))) {
            said.reset();
            assertThat(command.run(words)).as("%s", words).isEqualTo(1);
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("ring status", "ring plan join");
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
    void takesNameAndPasswordFromTheEnvironmentAsTheInstanceDoes() throws Exception {
        Queue<String> authorizations = new ConcurrentLinkedQueue<>();
        HttpServer instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext("/actuator/ring", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(401, -1);
        });
        instance.start();
        String url = "--url=http://127.0.0.1:" + instance.getAddress().getPort();

        Map<String, String> environment =
                Map.of("SPRING_SECURITY_USER_NAME", "ops", "SPRING_SECURITY_USER_PASSWORD", "secret");
        new RingCommand(new PrintStream(said, true, StandardCharsets.UTF_8), environment).run(List.of("status", url));

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
