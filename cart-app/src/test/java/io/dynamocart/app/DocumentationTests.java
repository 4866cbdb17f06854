package io.dynamocart.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents speak of things that exist. */
class DocumentationTests {

    private static final Path PROJECT = project();

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** {@code ring.Ring}, {@code RingTests.aTest}, and behind one of them, for more of it, {@code .anotherTest}. */
    private static final Pattern NAME = Pattern.compile("((?:[a-z]+\\.)*)([A-Z]\\w*)?((?:\\.\\w+)*)(?:\\(\\))?");

    private static final Pattern MEMBER = Pattern.compile("\\w+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern DECISION = Pattern.compile("\\bdocs/decisions/(\\w+)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LOGGED = Pattern.compile("\\blog\\.(error|warn|info)\\(\\s*" + LITERAL.pattern());
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /** Text of all classes of one simple name, since some have the same, by that name. */
    private static final Map<String, String> SOURCES = sources("src");

    /** The same without tests, and with texts in one piece that are written in several. */
    private static final Map<String, String> MAIN = sources("src/main").entrySet().stream()
            .collect(toMap(Map.Entry::getKey, source -> source.getValue().replaceAll("\"\\s*\\+\\s*\"", "")));

    static Stream<Path> documents() {
        return Stream.concat(
                Stream.of(PROJECT.resolve("README.md"), PROJECT.resolve("CONTRIBUTING.md")),
                files(PROJECT.resolve("docs"), ".md").stream());
    }

    @ParameterizedTest
    @CsvSource({"docs/paper-map.md, 50", "docs/invariants.md, 50", "CONTRIBUTING.md, 20"})
    void theClassesAndTestsThatAreNamedExist(String document, int least) {
        List<String> missing = new ArrayList<>();
        int named = 0;
        String simpleName = "";
        for (MatchResult code : found(CODE, prose(PROJECT.resolve(document)))) {
            Matcher name = NAME.matcher(code.group(1));
            boolean another = code.group(1).startsWith(".");
            if (!name.matches() || (!another && name.group(2) == null)) {
                simpleName = "";
                continue;
            }
            simpleName = another ? simpleName : name.group(2);
            if (!simpleName.isEmpty()) {
                named++;
                if (!isThere(name.group(1), simpleName, name.group(3))) {
                    missing.add(code.group());
                }
            }
        }

        assertThat(missing).as("named in %s, and not there", document).isEmpty();
        assertThat(named).isGreaterThan(least);
    }

    private static boolean isThere(String inPackage, String simpleName, String members) {
        String source = SOURCES.getOrDefault(simpleName, "");
        return source.contains("." + inPackage + simpleName + ";\n")
                && found(MEMBER, members).stream()
                        .allMatch(member -> Pattern.compile("\\b" + member.group() + "\\b")
                                .matcher(source)
                                .find());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theLinksLeadSomewhere(Path document) {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : found(LINK, prose(document))) {
            if (!link.group(1).matches("[a-z]+:.*")) {
                String[] parts = link.group(1).split("#", 2);
                Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
                boolean leads = Files.exists(target)
                        && (parts.length == 1 || anchors(target).contains(parts[1]));
                if (!leads) {
                    broken.add(link.group(1));
                }
            }
        }

        assertThat(broken)
                .as("links of %s that lead nowhere", PROJECT.relativize(document))
                .isEmpty();
    }

    @Test
    void thereAreDocuments() {
        assertThat(documents()).hasSizeGreaterThan(10);
    }

    @Test
    void theDecisionsThatSourcesNameExist() {
        List<String> decisions = files(PROJECT.resolve("docs/decisions"), ".md").stream()
                .map(file -> file.getFileName().toString().substring(0, 4))
                .toList();

        assertThat(SOURCES.values().stream()
                        .flatMap(text -> found(DECISION, text).stream())
                        .map(decision -> decision.group(1)))
                .isNotEmpty()
                .isSubsetOf(decisions);
    }

    /** What is written as {@code …} stands for anything. Of lines without a level of their own only the words count. */
    @Test
    void theLinesOfTheLogAreInTheSourcesAsTheyAreNamed() {
        List<String> wrong = new ArrayList<>();
        for (LogLine named : namedLogLines()) {
            List<LogLine> logged = loggedLines().stream()
                    .filter(it -> named.stands(it.words()))
                    .toList();
            boolean asNamed = logged.isEmpty()
                    // The words of some lines are made elsewhere
                    ? MAIN.values().stream()
                            .flatMap(text -> found(LITERAL, text).stream())
                            .anyMatch(literal -> named.stands(literal.group(1)))
                    : logged.stream().anyMatch(it -> it.level().contains(named.level()));
            if (!asNamed) {
                wrong.add(named.words());
            }
        }

        assertThat(wrong).as("lines of the log that are named, and not there").isEmpty();
        assertThat(namedLogLines()).hasSizeGreaterThan(30);
    }

    @Test
    void noErrorAndNoWarningOfTheLogIsLeftOut() {
        List<LogLine> named = namedLogLines();

        assertThat(loggedLines())
                .filteredOn(
                        line -> !line.level().equals("INFO") && !line.words().equals("{}"))
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(named)
                        .as("what docs/operations.md says of: %s", line.words())
                        .anyMatch(it -> it.stands(line.words())));
    }

    /**
     * A line of the log, as a document names it or a source writes it.
     *
     * @param level empty where it is not said
     */
    private record LogLine(String level, String words) {

        /** Whether what is written in a source is this line. */
        boolean stands(String written) {
            String anything =
                    Stream.of(words.split("…", -1)).map(Pattern::quote).collect(joining(".*"));
            return Pattern.compile(anything).matcher(written).lookingAt();
        }
    }

    /** In the section on logs, with the level of the row. */
    private static List<LogLine> namedLogLines() {
        String section = prose(PROJECT.resolve("docs/operations.md"))
                .replaceAll("(?s).*\nWorth an alert", "")
                .replaceAll("(?s)\n## .*", "");
        return section.lines()
                .flatMap(row -> {
                    String level = row.contains("| ERROR |") ? "ERROR" : row.contains("| WARN |") ? "WARN" : "";
                    return found(CODE, row).stream()
                            .map(code -> code.group(1))
                            .filter(code -> code.contains(" "))
                            .map(words -> new LogLine(level, words));
                })
                .toList();
    }

    private static List<LogLine> loggedLines() {
        return MAIN.values().stream()
                .flatMap(text -> found(LOGGED, text).stream())
                .map(call -> new LogLine(call.group(1).toUpperCase(Locale.ROOT), call.group(2)))
                .toList();
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path document) {
        return found(HEADING, prose(document)).stream()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Each with its full name in front, as {@code io.dynamocart.store.ring.Ring;}. */
    private static Map<String, String> sources(String part) {
        return Stream.of("dynamo-store", "cart-app")
                .flatMap(module -> files(PROJECT.resolve(module).resolve(part), ".java").stream())
                .collect(toMap(DocumentationTests::simpleName, DocumentationTests::fullText, String::concat));
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String fullText(Path file) {
        String text = read(file);
        String inPackage = found(Pattern.compile("(?m)^package (.*);"), text).stream()
                .map(found -> found.group(1))
                .collect(joining());
        return inPackage + "." + simpleName(file) + ";\n" + text;
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<Path> files(Path root, String ending) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without blocks of code. */
    private static String prose(Path document) {
        return CODE_BLOCK.matcher(read(document)).replaceAll("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in the directory of their module, or in an IDE in that of the project. */
    private static Path project() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs")) ? here : here.resolve("..").normalize();
    }
}
