package io.dynamocart.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** docs/operations.md, "What a node is at", at a node that is alone and has nothing to do. */
class NodeEndpointsTests extends ContractTests {

    @Test
    void aNodeShowsItselfAndItsPeers() {
        Answer node = http.get("/actuator/node").is(200);
        assertThat(node.text("id")).isEqualTo("node-1");
        assertThat(node.text("obstacle")).isEmpty();
        assertThat(node.json().get("disk").isNull()).isTrue();
        assertThat(node.json().get("peers")).isEmpty();
    }

    @Test
    void itsHintsItsTransfersAndItsComparisons() {
        Answer hints = http.get("/actuator/hints").is(200);
        assertThat(hints.json().get("keys").asInt()).isZero();
        assertThat(hints.json().get("targets")).isEmpty();

        Answer handoff = http.get("/actuator/handoff").is(200);
        assertThat(handoff.json().get("plan").isNull()).isTrue();
        assertThat(handoff.json().get("here")).isEmpty();

        Answer comparisons = http.get("/actuator/antientropy").is(200);
        assertThat(comparisons.json().get("comparisons")).isEmpty();
    }

    @Test
    void andItsLastBackup() {
        assertThat(http.get("/actuator/backup").is(200).json().get("latest").isNull())
                .isTrue();
        assertThat(http.post("/actuator/backup/begin", "{}").is(409).text("problem"))
                .contains("dynamo.store.backup-dir");
    }
}
