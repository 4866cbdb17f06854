package io.dynamocart.store.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class StoreMetersTests {

    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StoreMeters meters = new StoreMeters(registry);

    @Test
    void linksAreThePeersThatAreLinkedHoweverOftenThatWasTold() {
        meters.on(new NodeEvent.LinkChanged(B, true));
        meters.on(new NodeEvent.LinkChanged(C, true));
        meters.on(new NodeEvent.LinkChanged(B, true));
        assertThat(links()).isEqualTo(2);

        meters.on(new NodeEvent.LinkChanged(B, false));
        assertThat(links()).isEqualTo(1);
    }

    @Test
    void membersAreMissingUntilMoreWereTakenIn() {
        meters.on(new NodeEvent.MembershipLearned(MembershipHistory.empty()));
        meters.on(new NodeEvent.TooFewMembers(1, "this cluster has 1 member"));
        assertThat(membersMissing()).isEqualTo(1);

        meters.on(new NodeEvent.MembershipLearned(MembershipHistory.empty()));
        assertThat(membersMissing()).isZero();
    }

    private double links() {
        return registry.get("dynamo.store.links").gauge().value();
    }

    private double membersMissing() {
        return registry.get("dynamo.store.members.missing").gauge().value();
    }
}
