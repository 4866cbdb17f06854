package io.dynamocart.store.runtime;

import static io.dynamocart.store.runtime.RealCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.node.NodeReports;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes on a network that drops on purpose what the first sends to the second. */
@Timeout(60)
class LinkFilterTests {

    private static final Key KEY = Key.of("cart/alice");
    private static final NodeId SECOND = new NodeId("node-2");

    @TempDir
    Path directory;

    private volatile boolean cut;
    private RealCluster cluster;

    @BeforeEach
    void start() {
        cluster = new RealCluster(directory);
        cluster.filter(1, to -> !(cut && to.equals(SECOND)));
        cluster.startAll();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatIsDroppedIsNoticedByItsSilenceAndMadeUpForWhenTheLinkIsHealed() {
        cut = true;
        DynamoStore first = cluster.store(1);
        // Once its time is over, the first keeps it for the second
        await(first.put(KEY, Context.none(KEY), Value.of("cut off"), WriteOptions.of(3, 2, Duration.ofSeconds(5))));

        until("silence is noticed", node -> !node.isTrusted(SECOND));
        boolean connected = ask(node -> node.isLinked(SECOND));
        assertThat(connected).as("the connection stays").isTrue();
        until("it is kept for the second", node -> node.hints().containsKey(SECOND));

        cut = false;
        until("the second is back", node -> node.isTrusted(SECOND));
        until("its hints are delivered", node -> node.hints().isEmpty());
        assertThat(Objects.requireNonNull(copyOfSecond().versions()).live()).hasSize(1);
    }

    /** As the first can see it. */
    private ReplicaCopy copyOfSecond() {
        return await(cluster.store(1).replicas(KEY)).stream()
                .filter(copy -> copy.node().equals(SECOND.name()))
                .findFirst()
                .orElseThrow();
    }

    private void until(String what, Function<NodeReports, Boolean> condition) {
        Await.until(what, () -> ask(condition));
    }

    private <T> T ask(Function<NodeReports, T> question) {
        return await(cluster.node(1).ask(node -> question.apply(node.reports())));
    }
}
