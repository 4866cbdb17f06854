package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backup} and {@code restore}. */
class BackupCommandsTests {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final BackupCommand backup = new BackupCommand(out, Map.of());
    private final RestoreCommand restore = new RestoreCommand(out, Clock.systemUTC());

    @Test
    void whatTheyDoNotUnderstandTheyAnswerWithWhatTheyDo() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("help"),
                List.of("begin", "now"),
                List.of("begin", "--ulr=http://other:8080"))) {
            said.reset();
            assertThat(backup.run(words)).as("%s", words).isEqualTo(1);
            assertThat(said()).contains("backup begin", "backup status");
        }
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("file"),
                List.of("file", "--data-dir="),
                List.of("file", "other", "--data-dir=x"),
                List.of("file", "--data-dir=x", "--cluster="),
                List.of("file", "--data-dir=x", "--cluster=past", "--whole-cluster"),
                List.of("file", "--data-dir=x", "--data-dir=y"),
                List.of("file", "--data-dir=x", "--force"))) {
            said.reset();
            assertThat(restore.run(words)).as("%s", words).isEqualTo(1);
            assertThat(said()).contains("--whole-cluster");
        }
    }

    @Test
    void aFailedBackupIsAFailedCommand() throws IOException {
        HttpServer instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] status =
                "{'latest':{'file':'n.backup','state':'failed','records':0,'bytes':0,'damaged':0,'problem':'no room'}}"
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8);
        instance.createContext("/actuator/backup", exchange -> {
            exchange.sendResponseHeaders(200, status.length);
            exchange.getResponseBody().write(status);
            exchange.close();
        });
        instance.start();
        String url = "--url=http://127.0.0.1:" + instance.getAddress().getPort();
        int exit = backup.run(List.of("status", url));
        instance.stop(0);

        assertThat(exit).isEqualTo(1);
        assertThat(said()).contains("n.backup failed", "no room");
    }

    @Test
    void whatIsNoBackupIsNotRestored(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "this is not a backup of anything");
        Path data = directory.resolve("data");

        assertThat(restore.run(List.of(file.toString(), "--data-dir=" + data))).isEqualTo(1);
        assertThat(said()).contains("is not a backup");
        assertThat(restore.run(List.of("/no/such/file", "--data-dir=" + data))).isEqualTo(1);
        assertThat(said()).contains("/no/such/file cannot be read");
        assertThat(data).doesNotExist();
    }

    @Test
    void anInstanceThatIsNotThereIsNamed() {
        assertThat(backup.run(List.of("status", "--url=http://127.0.0.1:1"))).isEqualTo(2);
        assertThat(said()).startsWith("http://127.0.0.1:1 does not answer");
    }

    @Test
    void nobodyIsAskedWhereOneOfTheUrlsIsNone() {
        for (String wrong : List.of("127.0.0.1:1", "")) {
            said.reset();
            assertThat(backup.run(List.of("begin", "--url=http://127.0.0.1:1," + wrong)))
                    .isEqualTo(1);
            assertThat(said())
                    .isEqualToIgnoringNewLines(
                            "'%s' is no url of an instance; http://127.0.0.1:8080 is one".formatted(wrong));
        }
    }

    @Test
    void areMeantByTheFirstArgumentOnly() {
        assertThat(BackupCommand.isMeantBy("backup", "status")).isTrue();
        assertThat(RestoreCommand.isMeantBy("restore")).isTrue();
        assertThat(BackupCommand.isMeantBy("--server.port=1", "backup")).isFalse();
        assertThat(RestoreCommand.isMeantBy()).isFalse();
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
