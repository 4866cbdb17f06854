package io.dynamocart.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
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
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backup} and {@code restore}. */
class BackupCommandsTests {

    private static final String NONE = "{\"latest\": null}";

    private int pauses;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final BackupCommand backup = new BackupCommand(out, Map.of(), () -> pauses++);
    private final RestoreCommand restore = new RestoreCommand(out, Clock.systemUTC());

    @Test
    void whatTheyDoNotUnderstandTheyAnswerWithWhatTheyDo() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("help"),
                List.of("begin", "now"),
                List.of("begin", "--wait=5m"),
                List.of("status", "--wait"),
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
        try (BackedUp node = new BackedUp(report("failed", 0, "no room"))) {
            assertThat(backup.run(List.of("status", "--url=" + node.url()))).isEqualTo(1);
        }
        assertThat(said()).contains("n.backup failed", "no room");
    }

    @Test
    void whatNoInstanceAnswersIsNotTakenForANodeWithoutBackups() throws IOException {
        for (String answer : List.of("", "{}", "<html>")) {
            said.reset();
            try (BackedUp proxy = new BackedUp(answer)) {
                assertThat(backup.run(List.of("status", "--url=" + proxy.url())))
                        .as(answer)
                        .isEqualTo(1);
            }
            assertThat(said()).contains("refused (200): an instance does not answer so");
        }
    }

    @Nested
    class BeginAndWait {

        @Test
        void endsWellWhenAllThatAreAskedHaveTheBackupWhole() throws IOException {
            try (BackedUp one = new BackedUp(running(0), running(7), done());
                    BackedUp other = new BackedUp(NONE, running(5), done())) {
                assertThat(begin(one, other)).isZero();

                assertThat(said().lines())
                        .containsExactly(
                                one.url() + ": n.backup running: 0 records, 0 bytes",
                                one.url() + ": n.backup running: 7 records, 0 bytes",
                                other.url() + ": no backup since this node was started",
                                one.url() + ": n.backup done: 9 records, 0 bytes",
                                other.url() + ": n.backup running: 5 records, 0 bytes",
                                other.url() + ": n.backup done: 9 records, 0 bytes",
                                "the backup of 2026-11-21T12:00:00Z is whole at 2 of 2");
                assertThat(one.begun()).isEqualTo(1);
                assertThat(other.begun()).as("the others are told by the first").isZero();
            }
        }

        @Test
        void endsBadlyWhereOneFailsAndThenWaitsForTheOthersOnly() throws IOException {
            try (BackedUp one = new BackedUp(running(0), report("failed", 0, "no room"));
                    BackedUp other = new BackedUp(running(5), done())) {
                assertThat(begin(one, other)).isEqualTo(1);
            }
            assertThat(pauses).isEqualTo(2);
            assertThat(said()).contains("no room").endsWith("is whole at 1 of 2%n".formatted());
        }

        @Test
        void endsBadlyWhereOneHadToLeaveDamagedRecordsOut() throws IOException {
            String damaged = done().replace("\"damaged\": 0", "\"damaged\": 3");
            try (BackedUp one = new BackedUp(running(0), done());
                    BackedUp other = new BackedUp(running(5), damaged)) {
                assertThat(begin(one, other)).isEqualTo(1);
            }
            assertThat(said()).contains("3 damaged records left out").endsWith("is whole at 1 of 2%n".formatted());
        }

        /** It was down, or is started anew since, or has an older one to tell of. */
        @Test
        void endsBadlyAfterAWhileWhereANodeTookNoPart() throws IOException {
            String before = done().replace("2026", "2025");
            try (BackedUp one = new BackedUp(running(0), done());
                    BackedUp other = new BackedUp(before)) {
                assertThat(begin(one, other)).isEqualTo(1);
            }
            assertThat(pauses).isEqualTo(1 + BackupCommand.MOST_LOOKS_IN_VAIN);
            assertThat(said()).endsWith("is whole at 1 of 2%n".formatted());
        }

        @Test
        void waitsAsLongAsAnythingMoves() throws IOException {
            Stream<String> slow =
                    IntStream.range(0, 3 * BackupCommand.MOST_LOOKS_IN_VAIN).mapToObj(BackupCommandsTests::running);
            try (BackedUp node =
                    new BackedUp(Stream.concat(slow, Stream.of(done())).toArray(String[]::new))) {
                assertThat(begin(node)).isZero();
            }
        }

        @Test
        void doesNotWaitForWhatWasRefused() throws IOException {
            try (BackedUp node = new BackedUp("<html>")) {
                assertThat(begin(node)).isEqualTo(1);
            }
            assertThat(pauses).isZero();
        }

        private int begin(BackedUp... nodes) {
            String urls = Arrays.stream(nodes).map(BackedUp::url).collect(Collectors.joining(","));
            return backup.run(List.of("begin", "--wait", "--url=" + urls));
        }
    }

    private static String running(int records) {
        return report("running", records, null);
    }

    private static String done() {
        return report("done", 9, null);
    }

    private static String report(String state, int records, @Nullable String problem) {
        return """
                {"latest": {"begun": "2026-11-21T12:00:00Z", "file": "n.backup", "state": "%s", "records": %d,
                            "bytes": 0, "damaged": 0, "problem": %s}}
                """.formatted(state, records, problem == null ? "null" : '"' + problem + '"');
    }

    /** An instance that says one thing after the other of its backup, and goes on with the last. */
    private static final class BackedUp implements AutoCloseable {
        private final HttpServer server;
        private final Deque<String> answers;
        private final AtomicInteger begun = new AtomicInteger();

        BackedUp(String... answers) throws IOException {
            this.answers = new ConcurrentLinkedDeque<>(List.of(answers));
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/actuator/backup", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        int begun() {
            return begun.get();
        }

        @Override
        public void close() {
            server.stop(0);
        }

        private void answer(HttpExchange exchange) throws IOException {
            begun.addAndGet(exchange.getRequestMethod().equals("POST") ? 1 : 0);
            String next = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
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
