package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.dotOf;
import static io.dynamocart.store.node.NodeScript.problem;
import static io.dynamocart.store.node.NodeScript.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message.Refusal;
import io.dynamocart.store.message.Message.Refused;
import io.dynamocart.store.message.Message.ReplicaGet;
import io.dynamocart.store.message.Message.ReplicaGetReply;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Node a asks the home replicas b, c and itself for their copies, for somebody who wants to see them side by side. */
class InspectionTests {

    private static final Versions MILK =
            Versions.of(new Version(dotOf("b"), Clock.empty(), Instant.EPOCH, Value.of("milk")));

    private final NodeScript a = NodeScript.amongThree();
    private final CompletableFuture<List<ReplicaCopy>> copies = a.replicas();

    @Test
    void everyCopyIsShownAsItIsInTheOrderOfTheRing() {
        answer("c", Versions.none());
        assertThat(copies).isNotDone();
        answer("b", MILK);

        assertThat(result(copies))
                .containsExactly(held("b", MILK), held("c", Versions.none()), held("a", Versions.none()));
    }

    @Test
    void itRepairsNothing() {
        answer("b", MILK);
        answer("c", Versions.none());

        a.at(2_000).settle().sentNothing();
    }

    @Test
    void aReplicaThatCannotBeReachedIsNamed() {
        answer("b", MILK);
        a.linkDown("c");

        assertThat(result(copies))
                .containsExactly(held("b", MILK), missing("c", "not reached"), held("a", Versions.none()));
    }

    @Test
    void oneThatIsSilentIsNamedWhenTimeIsUpAndNotHeardAnyMore() {
        answer("b", MILK);
        ReplicaGet unanswered = a.sent("c", ReplicaGet.class);
        a.at(999);
        assertThat(copies).isNotDone();
        a.at(1_000).receive("c", new ReplicaGetReply(unanswered.number(), MILK, Instant.EPOCH));

        assertThat(result(copies))
                .containsExactly(held("b", MILK), missing("c", "no answer in time"), held("a", Versions.none()));
    }

    @Test
    void whatIsWrongWithACopyIsTold() {
        refuse("b", Refusal.DAMAGED, "the checksum does not match");
        refuse("c", Refusal.DISK_FAILED, "i/o error");

        assertThat(result(copies))
                .containsExactly(
                        missing("b", "damaged: the checksum does not match"),
                        missing("c", "disk failed: i/o error"),
                        held("a", Versions.none()));
    }

    @Test
    void withoutARingThereIsNothingToShow() {
        problem(NodeScript.withHistory(MembershipHistory.empty()).replicas(), StoreException.NotReady.class);
    }

    private void answer(String replica, Versions versions) {
        ReplicaGet asked = a.sent(replica, ReplicaGet.class);
        a.receive(replica, new ReplicaGetReply(asked.number(), versions, Instant.EPOCH));
    }

    private void refuse(String replica, Refusal why, String detail) {
        ReplicaGet asked = a.sent(replica, ReplicaGet.class);
        a.receive(replica, new Refused(asked.number(), why, detail));
    }

    private static ReplicaCopy held(String node, Versions versions) {
        return new ReplicaCopy(node, versions, null);
    }

    private static ReplicaCopy missing(String node, String problem) {
        return new ReplicaCopy(node, null, problem);
    }
}
