package io.dynamocart.store.actuate;

import static org.assertj.core.api.Assertions.assertThat;

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

    private double links() {
        return registry.get("dynamo.store.links").gauge().value();
    }
}
