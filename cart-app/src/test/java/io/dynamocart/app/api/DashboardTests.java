package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard, the alerts and the table of meters are about what an instance really tells. */
class DashboardTests {

    @RegisterExtension
    static final SharedInstance INSTANCE = new SharedInstance();

    private static final Path DASHBOARD = Path.of("../docs/deploy/grafana/dashboards/dynamo-cart.json");
    private static final Path ALERTS = Path.of("../docs/deploy/alerts.yml");
    private static final Path TESTS_OF_ALERTS = Path.of("../docs/deploy/alerts-test.yml");
    private static final Path OPERATIONS = Path.of("../docs/operations.md");
    private static final Pattern METER = Pattern.compile("`(dynamo\\.store\\.[a-z.]+)`");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
    private static final Pattern FIRED = Pattern.compile("alertname=\"(\\w+)\", alertstate=\"firing\"");
    private static final Pattern ALERT_OF_ROW = Pattern.compile("`([A-Z]\\w+)`");
    /** Told only where there are peers. */
    private static final String OF_PEERS = "dynamo_store_peer_latency_seconds";

    private static final Pattern METRIC = Pattern.compile("\\b(dynamo|http|process|jvm)_[a-z_]+");

    @Test
    void everyMetricOfEveryPanelIsThere() throws IOException {
        List<String> asked = metricsOfPanels();
        assertThat(asked.remove(OF_PEERS)).isTrue();
        assertThat(asked).hasSizeGreaterThan(12);
        assertTold(asked);
    }

    @Test
    void everyMetricOfEveryAlertIsThere() throws IOException {
        List<String> asked = metricsIn(Files.readString(ALERTS));
        assertThat(asked).hasSizeGreaterThan(12);
        assertTold(asked);
    }

    /** What the tests say is shown by promtool, in {@code .ci/alerts}. */
    @Test
    void everyAlertIsTestedAndOperatorsAreToldWhatToDo() throws IOException {
        Set<String> alerts = namesIn(ALERT, Files.readString(ALERTS));
        assertThat(alerts).hasSizeGreaterThan(12);
        assertThat(namesIn(FIRED, Files.readString(TESTS_OF_ALERTS))).isEqualTo(alerts);
        String rows = Files.readAllLines(OPERATIONS).stream()
                .dropWhile(line -> !line.equals("## Alerts"))
                .takeWhile(line -> !line.equals("## Tuning"))
                .filter(line -> line.startsWith("| `"))
                .map(row -> row.split(" \\| ", 2)[0])
                .collect(Collectors.joining("\n"));
        assertThat(namesIn(ALERT_OF_ROW, rows)).isEqualTo(alerts);
    }

    private static Set<String> namesIn(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMeterOfTheStoreIsDocumentedAndEveryDocumentedOneIsThere() throws IOException {
        Set<String> documented = Files.readAllLines(OPERATIONS).stream()
                .filter(line -> line.startsWith("| `dynamo.store."))
                .flatMap(
                        row -> METER.matcher(row.split(" \\| ", 2)[0]).results().map(result -> result.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented.remove("dynamo.store.peer.latency")).isTrue();
        try (Http http = new Http(INSTANCE.get().url())) {
            List<String> there =
                    ApiDescription.texts(http.get("/actuator/metrics").json().get("names"));
            assertThat(there)
                    .filteredOn(name -> name.startsWith("dynamo."))
                    .containsExactlyInAnyOrderElementsOf(documented);
        }
    }

    private static void assertTold(List<String> metrics) {
        try (Http http = new Http(INSTANCE.get().url())) {
            // So that there is a request to count
            http.get("/carts/anybody");
            String told = http.get("/actuator/prometheus").body();
            assertThat(metrics).allSatisfy(metric -> assertThat(told).containsPattern("(?m)^" + metric + "[ {]"));
        }
    }

    private static List<String> metricsOfPanels() throws IOException {
        List<String> metrics = new ArrayList<>();
        for (JsonNode panel :
                JsonMapper.shared().readTree(Files.readString(DASHBOARD)).get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                metrics.addAll(metricsIn(target.get("expr").asString()));
            }
        }
        return metrics;
    }

    private static List<String> metricsIn(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).toList();
    }
}
