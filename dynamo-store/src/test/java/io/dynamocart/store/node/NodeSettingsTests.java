package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSettingsTests {

    private static final NodeSettings USUAL = PaperSettings.of(NodeScript.member("a"), List.of("host-a"));

    /** A round that is due again at once would have no end. */
    @Test
    void roundsOfNoTimeAreRefused() {
        assertThatThrownBy(() -> with(Duration.ZERO, Duration.ZERO)).hasMessageContaining("gossip every PT0S");
        assertThatThrownBy(() -> with(Duration.ofSeconds(-1), Duration.ZERO)).hasMessageContaining("gossip every");
        assertThatThrownBy(() -> with(Duration.ofSeconds(1), Duration.ofNanos(-1)))
                .hasMessageContaining("who has not answered");
    }

    private static NodeSettings with(Duration gossipEvery, Duration repairWait) {
        return new NodeSettings(
                USUAL.self(),
                USUAL.seeds(),
                USUAL.join(),
                USUAL.partitioning(),
                USUAL.read(),
                USUAL.write(),
                USUAL.detector(),
                USUAL.limits(),
                USUAL.hints(),
                USUAL.hedgesPerRead(),
                repairWait,
                gossipEvery,
                USUAL.repair(),
                USUAL.expiry());
    }
}
