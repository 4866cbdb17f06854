package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk that takes longer for a write than a node waits before it looks again what there is to do. */
class SlowDiskTests {

    @Test
    void aPartitionIsTakenOverOnce() {
        SimulatedCluster cluster = SimulatedCluster.born(1, ClusterOptions.three());
        List<TokenRange> taken = new ArrayList<>();
        cluster.observe(new Observer() {
            @Override
            public void onEvent(NodeId node, NodeEvent event) {
                if (event instanceof NodeEvent.PartitionTaken partition && node.equals(new NodeId("node-4"))) {
                    taken.add(partition.range());
                }
            }
        });
        SimulatedNode newcomer = cluster.add(true);
        newcomer.disk().setFaults(DiskFaults.none().slower());
        cluster.startAll();

        assertThat(taken).isNotEmpty().doesNotHaveDuplicates();
    }
}
