package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** The table of docs/api.md, "Errors", is that of the code. */
class ProblemTypeTests {

    private static final Pattern TYPE = Pattern.compile("`([a-z-]+)`");

    /** What Spring and Tomcat refuse by themselves, named after the status. */
    private static final Set<String> NOT_OURS = Set.of(
            "not-found",
            "method-not-allowed",
            "not-acceptable",
            "unsupported-media-type",
            "expectation-failed",
            "not-implemented",
            "http-version-not-supported");

    @Test
    void everyTypeIsInTheTableWithItsStatus() throws IOException {
        List<String> rows = rows();

        for (ProblemType type : ProblemType.values()) {
            assertThat(rows)
                    .as("%s, %s", type.id(), type.status())
                    .anySatisfy(row -> assertThat(row.split("\\|", -1))
                            .satisfies(
                                    cells -> assertThat(cells[1])
                                            .contains("" + type.status().value()),
                                    cells -> assertThat(cells[2]).contains("`" + type.id() + "`")));
        }
    }

    @Test
    void andTheTableNamesNoOther() throws IOException {
        Set<String> named = new TreeSet<>();
        rows().forEach(row ->
                TYPE.matcher(row.split("\\|", -1)[2]).results().forEach(type -> named.add(type.group(1))));
        for (ProblemType type : ProblemType.values()) {
            named.remove(type.id());
        }

        assertThat(named).containsExactlyInAnyOrderElementsOf(NOT_OURS);
    }

    @Test
    void aFaultOfOursHasOneTypeWhoeverCameUponIt() {
        assertThat(ProblemType.uriOf(HttpStatus.INTERNAL_SERVER_ERROR)).isEqualTo(ProblemType.INTERNAL_ERROR.uri());
        assertThat(ProblemType.uriOf(HttpStatus.NOT_FOUND)).hasToString("urn:dynamo-cart:problem:not-found");
    }

    private static List<String> rows() throws IOException {
        Path here = Path.of("docs/api.md");
        String text = Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
        return text.substring(text.indexOf("## Errors"), text.indexOf("## Limits"))
                .lines()
                .filter(line -> line.matches("\\| \\d.*"))
                .toList();
    }
}
