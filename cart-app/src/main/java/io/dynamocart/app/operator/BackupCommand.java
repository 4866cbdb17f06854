package io.dynamocart.app.operator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The command line for backups, {@code java -jar cart-app.jar backup …}: talks to the Actuator endpoints of instances
 * that run on the same machine, or ask for a password.
 */
public final class BackupCommand {

    private static final String URL_OPTION = "--url=";
    private static final String USAGE = """
            backup begin       every node writes a backup into its own dynamo.store.backup-dir
            backup status      how the last one stands
            with --url=http://127.0.0.1:8080   the instance to ask; several with commas between them
            """;

    private final PrintStream out;
    private final Map<String, String> environment;

    /** @param environment what the shell gives: the name and password of an instance that asks for them */
    public BackupCommand(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    /** Runs one command, without the word {@code backup}; returns the exit code. */
    public int run(List<String> args) {
        Arguments arguments = Arguments.of(args);
        List<String> words = arguments.words();
        if (!arguments.haveOnly(URL_OPTION)
                || words.size() != 1
                || !List.of("begin", "status").contains(words.getFirst())) {
            out.print(USAGE);
            return 1;
        }
        List<String> urls = urls(arguments);
        List<String> others = urls.stream().filter(url -> !Instance.isUrl(url)).toList();
        if (!others.isEmpty()) {
            others.forEach(url -> out.println(Instance.noUrl(url)));
            return 1;
        }
        return urls.stream()
                .map(url -> new Instance(url, environment))
                .mapToInt(instance -> run(instance, words.getFirst()))
                .max()
                .orElse(1);
    }

    /** Whether these arguments of the jar are a command for backups. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && args[0].equals("backup");
    }

    private static List<String> urls(Arguments arguments) {
        // Also what is empty, and so no url: a comma too many may stand for an instance that was forgotten
        return List.of(arguments.value(URL_OPTION).orElse(Instance.STANDARD_URL).split(",", -1));
    }

    private int run(Instance instance, String command) {
        try {
            return show(
                    instance,
                    command.equals("begin") ? instance.post("backup/begin", Map.of()) : instance.get("backup"));
        } catch (IOException e) {
            out.println(instance.silence(e));
            return 2;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }

    private int show(Instance instance, Instance.Answer answer) {
        return switch (answer) {
            case Instance.Answer.Refused(int status, String problem) -> {
                out.printf("%s: refused (%d): %s%n", instance.url(), status, problem);
                yield 1;
            }
            case Instance.Answer.Given(JsonNode body) -> show(instance, body.path("latest"));
        };
    }

    /** 0 also while it runs: whoever waits for the end looks for the word. */
    private int show(Instance instance, JsonNode report) {
        if (!report.isObject()) {
            out.printf("%s: no backup since this node was started%n", instance.url());
            return 0;
        }
        String state = report.path("state").asString();
        out.printf(
                "%s: %s %s: %d records, %d bytes%s%s%n",
                instance.url(),
                report.path("file").asString(),
                state,
                report.path("records").asLong(),
                report.path("bytes").asLong(),
                report.path("damaged").asLong() == 0
                        ? ""
                        : ", %d damaged records left out"
                                .formatted(report.path("damaged").asLong()),
                report.path("problem").isNull()
                        ? ""
                        : ": " + report.path("problem").asString());
        return state.equals("failed") ? 1 : 0;
    }
}
