package io.dynamocart.store.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.version.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** docs/operations.md, "Logs". */
@ExtendWith(OutputCaptureExtension.class)
class EventLogTests {

    private static final Key GUEST = Key.of("cart/guest:0123456789abcdef");

    private final EventLog log = new EventLog();

    /** By it the operator looks up what the replicas hold. */
    @Test
    void namesTheWholeKeyOfADamagedRecord(CapturedOutput output) {
        log.on(new NodeEvent.RecordDamaged(GUEST, "checksum"));

        assertThat(output.getOut())
                .contains("ERROR", "The record of key cart/guest:0123456789abcdef on this node's disk");
    }

    @Test
    void namesNoMoreThanTheBeginningWhereNobodyHasToLookItUp(CapturedOutput output) {
        log.on(new NodeEvent.ExpiryFailed(GUEST, "not a cart"));

        assertThat(output.getOut())
                .contains("ERROR", "failed to say when cart/guest:012345678… may go, so it stays: not a cart")
                .doesNotContain("9abcdef");
    }

    @Test
    void warnsOfAClusterThatIsTooSmall(CapturedOutput output) {
        log.on(new NodeEvent.TooFewMembers(1, "this cluster has 1 member, and writes need 2"));

        assertThat(output.getOut())
                .contains("WARN", "This node serves nobody: this cluster has 1 member, and writes need 2");
    }
}
