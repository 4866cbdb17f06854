package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard shows what an instance really tells Prometheus. */
class DashboardTests {

    @RegisterExtension
    static final SharedInstance INSTANCE = new SharedInstance();

    private static final Path DASHBOARD = Path.of("../docs/deploy/grafana/dashboards/dynamo-cart.json");
    /** Told only where there are peers. */
    private static final String OF_PEERS = "dynamo_store_peer_latency_seconds";

    private static final Pattern METRIC = Pattern.compile("\\b(dynamo|http|process|jvm)_[a-z_]+");

    @Test
    void everyMetricOfEveryPanelIsThere() throws IOException {
        String told;
        try (Http http = new Http(INSTANCE.get().url())) {
            // So that there is a request to count
            http.get("/carts/anybody");
            told = http.get("/actuator/prometheus").body();
        }

        List<String> asked = metrics();
        assertThat(asked.remove(OF_PEERS)).isTrue();
        assertThat(asked).hasSizeGreaterThan(12);
        assertThat(asked).allSatisfy(metric -> assertThat(told).containsPattern("(?m)^" + metric + "[ {]"));
    }

    private static List<String> metrics() throws IOException {
        List<String> metrics = new ArrayList<>();
        for (JsonNode panel :
                JsonMapper.shared().readTree(Files.readString(DASHBOARD)).get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                METRIC.matcher(target.get("expr").asString())
                        .results()
                        .map(MatchResult::group)
                        .forEach(metrics::add);
            }
        }
        return metrics;
    }
}
