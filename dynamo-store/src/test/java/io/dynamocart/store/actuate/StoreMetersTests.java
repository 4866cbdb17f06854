package io.dynamocart.store.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreMetersTests {

    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final NodeId D = new NodeId("d");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StoreMeters meters = new StoreMeters(registry);

    @Test
    void linksAreTheMembersThatAreLinkedHoweverOftenThatWasTold() {
        meters.on(learned(A, B, C));
        meters.on(new NodeEvent.LinkChanged(B, true));
        meters.on(new NodeEvent.LinkChanged(C, true));
        meters.on(new NodeEvent.LinkChanged(B, true));
        assertThat(links()).isEqualTo(2);

        meters.on(new NodeEvent.LinkChanged(B, false));
        assertThat(links()).isEqualTo(1);
    }

    /** Else it takes the place of one that is down, and nobody is told that a link is missing. */
    @Test
    void aLinkToANodeThatWaitsToBeTakenInCountsOnceItIsAMember() {
        meters.on(learned(A, B, C));
        meters.on(new NodeEvent.LinkChanged(B, true));
        meters.on(new NodeEvent.LinkChanged(D, true));
        assertThat(links()).isEqualTo(1);
        assertThat(members()).isEqualTo(3);

        meters.on(learned(A, B, C, D));
        assertThat(links()).isEqualTo(2);
        assertThat(members()).isEqualTo(4);
    }

    @Test
    void aLinkThatWasThereBeforeTheClusterCountsFromItsBirth() {
        meters.on(new NodeEvent.LinkChanged(B, true));
        assertThat(links()).isZero();

        meters.on(learned(A, B));
        assertThat(links()).isEqualTo(1);
    }

    @Test
    void aLinkToANodeThatHasLeftCountsNoMore() {
        meters.on(learned(A, B, C));
        meters.on(new NodeEvent.LinkChanged(B, true));
        meters.on(new NodeEvent.LinkChanged(C, true));

        meters.on(learned(A, B));
        assertThat(links()).isEqualTo(1);
    }

    @Test
    void membersAreMissingUntilMoreWereTakenIn() {
        meters.on(new NodeEvent.MembershipLearned(MembershipHistory.empty(), false));
        meters.on(new NodeEvent.TooFewMembers(1, "this cluster has 1 member"));
        assertThat(membersMissing()).isEqualTo(1);

        meters.on(new NodeEvent.MembershipLearned(MembershipHistory.empty(), false));
        assertThat(membersMissing()).isZero();
    }

    private static NodeEvent learned(NodeId... members) {
        List<Member> founders = Stream.of(members)
                .map(id -> new Member(id, "host-" + id, "zone", 1))
                .toList();
        return new NodeEvent.MembershipLearned(new MembershipHistory(new Founding(8, 1, founders)), true);
    }

    private double links() {
        return registry.get("dynamo.store.links").gauge().value();
    }

    private double members() {
        return registry.get("dynamo.store.members").gauge().value();
    }

    private double membersMissing() {
        return registry.get("dynamo.store.members.missing").gauge().value();
    }
}
