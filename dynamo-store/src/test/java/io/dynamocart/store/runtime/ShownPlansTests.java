package io.dynamocart.store.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.actuate.PlanReport;
import io.dynamocart.store.actuate.RingEndpoint;
import io.dynamocart.store.ring.NodeId;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is shown, and then says to {@link RingEndpoint}. */
class ShownPlansTests {

    @TempDir
    Path directory;

    private RealCluster cluster;
    private RingEndpoint ring;

    @BeforeEach
    void start() {
        cluster = new RealCluster(directory);
        cluster.startAll();
        ring = new RingEndpoint(cluster.node(1), new NodeId("node-1"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void thePlanThatWasNamedIsCommittedAlsoIfAnotherWasShownSince() {
        PlanReport two = change("plan", "node-2", null);
        PlanReport three = change("plan", "node-3", null);
        assertThat(three.changes()).isNotEqualTo(two.changes());

        PlanReport committed = change("commit", null, two.id());

        assertThat(committed.changes()).isEqualTo(two.changes());
        assertThat(committed.id()).isEqualTo(two.id());
    }

    private PlanReport change(String action, @Nullable String leave, @Nullable String id) {
        Object answer =
                ring.change(action, null, leave, null, null, null, null, id).getBody();
        assertThat(answer).isInstanceOf(PlanReport.class);
        return (PlanReport) Objects.requireNonNull(answer);
    }
}
