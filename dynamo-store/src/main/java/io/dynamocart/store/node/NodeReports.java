package io.dynamocart.store.node;

import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.handoff.HintCount;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.MerkleTree;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports of a node on itself, for those who look after it. Asking changes nothing. For the node's thread, as the node
 * itself.
 */
public final class NodeReports {

    private final Member self;
    private final Membership membership;
    private final LocalCopies copies;
    private final ActiveRing activeRing;
    private final FailureDetector detector;
    private final Handoffs handoffs;
    private final Upkeep upkeep;
    private final DiskWatch disk;

    NodeReports(NodeCore node, Handoffs handoffs, Upkeep upkeep, DiskWatch disk) {
        this.self = node.member;
        this.membership = node.membership;
        this.copies = node.copies;
        this.activeRing = node.activeRing;
        this.detector = node.detector;
        this.handoffs = handoffs;
        this.upkeep = upkeep;
        this.disk = disk;
    }

    /** This node, in its present incarnation. */
    public Member self() {
        return self;
    }

    /**
     * Members whose settings have changed since they became what they are on the ring, as they introduce themselves
     * now.
     */
    public List<Member> otherThanOnRing() {
        return membership.otherThanOnRing();
    }

    /** The hints that this node keeps, counted for each other node; none for those for whom it keeps none. */
    public Map<NodeId, HintCount> hints() {
        return copies.hints().report();
    }

    /** The partitions that are on their way to this node, if any are. */
    public Optional<TransferReport> transfer() {
        return handoffs.transfer();
    }

    /** The last exchanges that this node led since its start, one for each partition and other home replica of it. */
    public List<LastExchange> exchanges() {
        return upkeep.exchanges();
    }

    /** Whether there is a link to a peer. */
    public boolean isLinked(NodeId peer) {
        return detector.isLinked(peer);
    }

    /** Whether a peer is linked, and can be expected to answer. */
    public boolean isTrusted(NodeId peer) {
        return detector.isTrusted(peer);
    }

    /** The state of this node's disk as it was within the last second. */
    public DiskState disk() {
        return disk.state();
    }

    /** The digest of all that this node has on disk of a partition; none while the tree is not complete. */
    public Optional<Digest> root(Partition partition) {
        Ring ring = activeRing.ring();
        return ring == null
                ? Optional.empty()
                : copies.trees().tree(ring.rangeOf(partition)).map(MerkleTree::root);
    }
}
