package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Observer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Members that have each heard what the other does not know, and whose disks take none of it down for a while. */
class StandingGossipTests {

    private static final Duration STANDSTILL = Duration.ofSeconds(5);
    private static final long MOST_A_ROUND = 20;

    private final FiveNodes five = new FiveNodes(3);
    private long told;

    /** They answer one another a few times a round, not as fast as the network carries it. */
    @Test
    void theyDoNotTellOneAnotherTheSameOverAndOver() {
        five.node(1).dynamo().forceRemove(five.node(4).id());
        five.node(2).dynamo().forceRemove(five.node(5).id());
        five.node(1).disk().standStill(STANDSTILL);
        five.node(2).disk().standStill(STANDSTILL);
        five.cluster.observe(new Observer() {
            @Override
            public void onSend(NodeId from, NodeId to, Message message) {
                told += message instanceof Message.Gossip ? 1 : 0;
            }
        });
        five.cluster.simulation().runFor(STANDSTILL.minusSeconds(1));
        assertThat(five.node(1).disk().membership())
                .isNotEqualTo(five.node(2).disk().membership());

        assertThat(told).isLessThan(STANDSTILL.toSeconds() * MOST_A_ROUND);
        five.cluster.simulation().runFor(STANDSTILL);
        assertThat(five.node(1).disk().membership())
                .isEqualTo(five.node(2).disk().membership());
    }
}
