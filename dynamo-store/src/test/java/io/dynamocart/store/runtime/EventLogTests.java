package io.dynamocart.store.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
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
    void tellsVersionsThatDivergedApartWithoutWhatIsInThem(CapturedOutput output) {
        Dot dot = new Dot(new Actor("a", 1), 7);
        Versions own = Versions.of(new Version(dot, Clock.empty(), Instant.EPOCH, Value.of("3 of secret")));
        Versions theirs = Versions.of(new Version(dot, Clock.empty(), Instant.EPOCH, null));
        log.on(new NodeEvent.VersionsDiverged(GUEST, new NodeId("b"), own, theirs));

        assertThat(output.getOut())
                .contains("ERROR", "[%s: 11 bytes #".formatted(dot), "here, [%s: deleted] there".formatted(dot))
                .doesNotContain("secret");
    }

    @Test
    void aNodeThatNobodyHasAddedSaysSo(CapturedOutput output) {
        MembershipHistory history = new MembershipHistory(
                new Founding(8, 1, List.of(new Member(new NodeId("node-1"), "host:7000", "zone", 1))));
        log.on(new NodeEvent.MembershipLearned(history, false));
        log.on(new NodeEvent.MembershipLearned(history, true));

        assertThat(output.getOut())
                .contains("No member of the cluster of [node-1]: this node takes part once a plan adds it")
                .contains("Member of a cluster of [node-1]");
    }

    @Test
    void warnsOfAClusterThatIsTooSmall(CapturedOutput output) {
        log.on(new NodeEvent.TooFewMembers(1, "this cluster has 1 member, and writes need 2"));

        assertThat(output.getOut())
                .contains("WARN", "This node serves nobody: this cluster has 1 member, and writes need 2");
    }
}
