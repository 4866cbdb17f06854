package io.dynamocart.app.operator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The command line for the ring, {@code java -jar cart-app.jar ring …}: talks to the Actuator endpoint of an instance
 * that runs on the same machine, or asks for a password.
 */
public final class RingCommand {

    private static final String URL_OPTION = "--url=";
    /** Each answer has one: of the ring, of a plan, of what takes effect later. */
    private static final List<String> FIELDS = List.of("members", "id", "pending");

    private static final String USAGE = """
            ring status                            who is on the ring, and what is under way
            ring plan join NODE[,NODE…]            what would move if these nodes came in
            ring plan leave NODE[,NODE…]           what would move if these members went
            ring plan replace NODE NODE            what would move if the second took the place of the first
            ring plan alter NODE[,NODE…]           … if these members became what their settings say
            ring commit PLAN                       make it so: PLAN is what "plan" printed, at the same instance
            ring remove NODE                       this member is gone for good, with its disk
            with --url=http://127.0.0.1:8080       the instance to ask, at its management port if that is another
            and, where it asks for a password, SPRING_SECURITY_USER_PASSWORD in the environment
            """;

    private final PrintStream out;
    private final Map<String, String> environment;

    /** @param environment what the shell gives: the name and password of an instance that asks for them */
    public RingCommand(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    /** Runs one command, without the word {@code ring}; returns the exit code. */
    public int run(List<String> args) {
        Arguments arguments = Arguments.of(args);
        if (!arguments.haveOnly(URL_OPTION)) {
            return usage();
        }
        Optional<String> given = arguments.value(URL_OPTION);
        String url = given.orElse(Instance.STANDARD_URL);
        if (!Instance.isUrl(url)) {
            out.println(Instance.noUrl(url));
            return 1;
        }
        Instance instance = new Instance(url, environment);
        try {
            // Said again, so that what is to be done next can be pasted
            return run(instance, arguments.words(), given.isEmpty() ? "" : " " + URL_OPTION + url);
        } catch (IOException e) {
            out.println(instance.silence(e));
            return 2;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }

    private int run(Instance instance, List<String> words, String where) throws IOException, InterruptedException {
        String command = words.size() < 2 ? String.join(" ", words) : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (command) {
            case "status" -> show(instance.get("ring", FIELDS));
            case "plan" -> {
                Map<String, String> wishes = wishes(rest);
                yield wishes.isEmpty()
                        ? usage()
                        : show(
                                instance.post("ring/plan", wishes, FIELDS),
                                id -> "carry it out with: ring commit '%s'%s".formatted(id, where));
            }
            case "commit" ->
                rest.isEmpty()
                        ? usage()
                        : show(
                                instance.post("ring/commit", Map.of("id", String.join(" ", rest)), FIELDS),
                                "%s is proposed"::formatted);
            case "remove" ->
                rest.size() == 1
                        ? show(instance.post("ring/remove", Map.of("node", rest.getFirst()), FIELDS))
                        : usage();
            default -> usage();
        };
    }

    private static Map<String, String> wishes(List<String> words) {
        Map<String, String> wishes = new TreeMap<>();
        if (words.size() == 2 && List.of("join", "leave", "alter").contains(words.getFirst())) {
            wishes.put(words.getFirst(), words.getLast());
        } else if (words.size() == 3 && words.getFirst().equals("replace")) {
            wishes.put("replace", words.get(1));
            wishes.put("by", words.get(2));
        }
        return wishes;
    }

    private int usage() {
        out.print(USAGE);
        return 1;
    }

    private int show(Instance.Answer answer) {
        return show(answer, plan -> "");
    }

    /** @param next what to say after a plan, by its name */
    private int show(Instance.Answer answer, UnaryOperator<String> next) {
        return switch (answer) {
            case Instance.Answer.Refused(int status, String problem) -> {
                out.printf("refused (%d): %s%n", status, problem);
                yield 1;
            }
            case Instance.Answer.Given(JsonNode body) -> {
                lines(body, next).forEach(out::println);
                yield 0;
            }
        };
    }

    private static List<String> lines(JsonNode answer, UnaryOperator<String> next) {
        List<String> lines = new ArrayList<>();
        if (answer.has("pending")) {
            return List.of(answer.path("pending").asString());
        }
        if (!answer.has("members")) {
            lines.addAll(plan(answer));
            lines.add(next.apply(answer.path("id").asString()));
            return lines;
        }
        lines.add("as %s knows it: strategy %d, N=%d, %d partitions"
                .formatted(
                        answer.path("node").asString(),
                        answer.path("strategy").asInt(),
                        answer.path("homes").asInt(),
                        answer.path("partitions").asInt()));
        lines.add("%-16s %-22s %-10s %6s %6s %6s %8s"
                .formatted("node", "address", "zone", "weight", "owns", "holds", "joining"));
        answer.path("members")
                .forEach(member -> lines.add("%-16s %-22s %-10s %6d %6d %6d %8d"
                        .formatted(
                                member.path("id").asString(),
                                member.path("address").asString(),
                                member.path("zone").asString(),
                                member.path("weight").asInt(),
                                member.path("owns").asInt(),
                                member.path("holds").asInt(),
                                member.path("joining").asInt())));
        if (answer.path("plan").isObject()) {
            lines.addAll(plan(answer.path("plan")));
        } else if (answer.path("due").isEmpty()) {
            lines.add("no change is under way");
        }
        answer.path("due").forEach(due -> lines.add("due, and about to be planned: " + due.asString()));
        answer.path("otherThanOnRing")
                .forEach(other -> lines.add(
                        "not so on the ring: %s by its settings (ring plan alter)".formatted(other.asString())));
        return lines;
    }

    private static List<String> plan(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        lines.add("plan %s".formatted(plan.path("id").asString()));
        plan.path("changes").forEach(change -> lines.add("  " + change.asString()));
        lines.add("  %d partitions move: in %s, out %s"
                .formatted(plan.path("moves").asInt(), plan.path("incoming"), plan.path("outgoing")));
        lines.add("  each holds then: %s".formatted(plan.path("holds")));
        List<String> waiting = new ArrayList<>();
        plan.path("waitingFor").forEach(node -> waiting.add(node.asString()));
        if (plan.path("committed").asBoolean()) {
            lines.add("  committed; %d copies left to make"
                    .formatted(plan.path("left").asInt()));
        } else if (!waiting.isEmpty()) {
            lines.add("  proposed; waiting for " + waiting);
        }
        return lines;
    }

    /** Whether these arguments of the jar are a command for the ring. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && args[0].equals("ring");
    }
}
