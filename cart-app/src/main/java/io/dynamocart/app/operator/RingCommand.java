package io.dynamocart.app.operator;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line for the ring, {@code java -jar cart-app.jar ring …}: talks to the Actuator endpoint of an instance
 * that runs on the same machine, or asks for a password.
 */
public final class RingCommand {

    private static final String URL_OPTION = "--url=";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String USAGE = """
            ring status                            who is on the ring, and what is under way
            ring plan join NODE[,NODE…]            what would move if these nodes came in
            ring plan leave NODE[,NODE…]           what would move if these members went
            ring plan replace NODE NODE            what would move if the second took the place of the first
            ring commit PLAN                       make it so: PLAN is what "plan" printed, at the same instance
            ring remove NODE                       this member is gone for good, with its disk
            with --url=http://127.0.0.1:8080       the instance to ask, at its management port if that is another
            and, where it asks for a password, SPRING_SECURITY_USER_PASSWORD in the environment
            """;

    private final JsonMapper json = JsonMapper.builder().build();
    private final PrintStream out;
    private final @Nullable String authorization;

    /** @param environment what the shell gives: the name and password of an instance that asks for them */
    public RingCommand(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.authorization = authorization(environment);
    }

    /** By the variables that an instance takes them from itself, name and password. */
    private static @Nullable String authorization(Map<String, String> environment) {
        String password = environment.get("SPRING_SECURITY_USER_PASSWORD");
        if (password == null) {
            return null;
        }
        String both = environment.getOrDefault("SPRING_SECURITY_USER_NAME", "user") + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs one command, without the word {@code ring}; returns the exit code. */
    public int run(List<String> args) {
        String url = args.stream()
                .filter(arg -> arg.startsWith(URL_OPTION))
                .map(arg -> arg.substring(URL_OPTION.length()))
                .findFirst()
                .orElse("http://127.0.0.1:8080");
        List<String> words = args.stream().filter(arg -> !arg.startsWith("--")).toList();
        try {
            return run(url + "/actuator/ring", words);
        } catch (IOException e) {
            out.printf("%s does not answer: %s%n", url, e);
            return 2;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 2;
        }
    }

    private int run(String url, List<String> words) throws IOException, InterruptedException {
        String command = words.size() < 2 ? String.join(" ", words) : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (command) {
            case "status" -> show(send(HttpRequest.newBuilder(URI.create(url)).GET()), "");
            case "plan" -> {
                Map<String, String> wishes = wishes(rest);
                yield wishes.isEmpty()
                        ? usage()
                        : show(post(url + "/plan", wishes), "carry it out with: ring commit '%s'");
            }
            case "commit" ->
                rest.isEmpty()
                        ? usage()
                        : show(post(url + "/commit", Map.of("id", String.join(" ", rest))), "%s is proposed");
            case "remove" ->
                rest.size() == 1 ? show(post(url + "/remove", Map.of("node", rest.getFirst())), "") : usage();
            default -> usage();
        };
    }

    private static Map<String, String> wishes(List<String> words) {
        Map<String, String> wishes = new TreeMap<>();
        if (words.size() == 2 && List.of("join", "leave").contains(words.getFirst())) {
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

    private HttpResponse<String> post(String url, Map<String, String> body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        }
    }

    /** @param next what to say after a plan, with its name */
    private int show(HttpResponse<String> response, String next) {
        if (response.statusCode() != 200) {
            out.printf("refused (%d): %s%n", response.statusCode(), problem(response.body()));
            return 1;
        }
        JsonNode answer = json.readTree(response.body());
        lines(answer, next).forEach(out::println);
        return 0;
    }

    private String problem(String body) {
        try {
            JsonNode answer = json.readTree(body);
            return answer.path("problem").asString(answer.path("detail").asString(body));
        } catch (RuntimeException notJson) {
            return body;
        }
    }

    private static List<String> lines(JsonNode answer, String next) {
        List<String> lines = new ArrayList<>();
        if (!answer.has("members")) {
            lines.addAll(plan(answer));
            lines.add(next.formatted(answer.path("id").asString()));
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
        lines.addAll(answer.path("plan").isObject() ? plan(answer.path("plan")) : List.of("no change is under way"));
        answer.path("due").forEach(due -> lines.add("due: " + due.asString()));
        return lines;
    }

    private static List<String> plan(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        lines.add("plan %s".formatted(plan.path("id").asString()));
        plan.path("changes").forEach(change -> lines.add("  " + change.asString()));
        lines.add("  %d partitions move: in %s, out %s"
                .formatted(plan.path("moves").asInt(), plan.path("incoming"), plan.path("outgoing")));
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

    /** The arguments behind that word. */
    public static List<String> wordsOf(String... args) {
        return Arrays.asList(args).subList(1, args.length);
    }
}
