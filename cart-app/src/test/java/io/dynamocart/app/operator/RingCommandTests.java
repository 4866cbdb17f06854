package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingCommandTests {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final RingCommand command = new RingCommand(new PrintStream(said, true, StandardCharsets.UTF_8));

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

        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("http://127.0.0.1:1 does not answer");
    }

    @Test
    void isMeantByTheFirstArgumentOnly() {
        assertThat(RingCommand.isMeantBy("ring", "status")).isTrue();
        assertThat(RingCommand.isMeantBy("--server.port=1", "ring")).isFalse();
        assertThat(RingCommand.isMeantBy()).isFalse();
    }
}
