package io.dynamocart.store.node;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.ring.Partitioning;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a node.
 *
 * @param self what the node says of itself
 * @param seeds addresses of the nodes through which members find one another, and which found the cluster
 * @param join whether it asks to be taken into a cluster that it does not belong to
 * @param partitioning how the ring of a cluster that this node founds is cut and handed out
 * @param read how reads are carried out unless the caller says otherwise; its N is the cluster's
 * @param write how writes are
 * @param detector how patient it is with its peers
 * @param limits what it allows of one key, and of its disk
 * @param hints keys that it keeps at most for one other node
 * @param hedgesPerRead reads that may be asked a second time, as a share of all reads
 * @param repairWait how long a read waits, after its answer, for replicas that have not answered, to repair them
 * @param gossipEvery how often it talks membership
 * @param repair how it looks for copies that differ
 * @param expiry what may go by itself; the same on all nodes
 */
public record NodeSettings(
        Member self,
        List<String> seeds,
        boolean join,
        Partitioning partitioning,
        ReadOptions read,
        WriteOptions write,
        FailureDetector.Settings detector,
        ReplicaLimits limits,
        int hints,
        double hedgesPerRead,
        Duration repairWait,
        Duration gossipEvery,
        RepairSettings repair,
        Expiry expiry) {

    public NodeSettings {
        seeds = List.copyOf(seeds);
        if (read.n() != write.n()) {
            throw new IllegalArgumentException(
                    "reads have N=%d and writes N=%d: it is one number".formatted(read.n(), write.n()));
        }
        if (!gossipEvery.isPositive()) {
            throw new IllegalArgumentException("gossip every %s: above zero, please".formatted(gossipEvery));
        }
        if (repairWait.isNegative()) {
            throw new IllegalArgumentException("reads wait %s for who has not answered".formatted(repairWait));
        }
    }

    /** Home replicas per key (N). */
    public int homes() {
        return read.n();
    }
}
