package io.dynamocart.store.simulation;

import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partition;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a healed cluster has become one again, as its disks show it and nobody reads: every key alike on all its home
 * replicas (docs/invariants.md D6), and every Merkle tree what the disk holds (D16).
 */
public final class Convergence {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final SimulatedCluster cluster;
    private MembershipHistory history = MembershipHistory.empty();
    private @Nullable Ring ring;

    public Convergence(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    /** @throws AssertionError if it takes longer */
    public void await(Duration most) {
        long end = cluster.simulation().now() + most.toNanos();
        Optional<String> difference = difference();
        while (difference.isPresent()) {
            if (cluster.simulation().now() > end) {
                throw new AssertionError("not converged %s after healing: %s".formatted(most, difference.get()));
            }
            cluster.simulation().runFor(STEP);
            difference = difference();
        }
    }

    /** Whether all home replicas have the same of this key on disk, intact. */
    boolean isAlike(Key key) {
        return isAlike(key, ring().preferenceList(key));
    }

    private boolean isAlike(Key key, PreferenceList list) {
        List<ReadOutcome> copies =
                copies(key, list).values().stream().distinct().toList();
        return copies.size() == 1 && copies.getFirst() instanceof ReadOutcome.Found;
    }

    private Map<NodeId, ReadOutcome> copies(Key key, PreferenceList list) {
        Map<NodeId, ReadOutcome> copies = new TreeMap<>();
        homes(list)
                .forEach(node -> copies.put(node.id(), withoutMint(node.disk().peek(key))));
        return copies;
    }

    /** Something that is not as it should be. */
    private Optional<String> difference() {
        Ring known = ring();
        for (Key key : cluster.keys()) {
            PreferenceList list = known.preferenceList(key);
            if (!isAlike(key, list)) {
                return Optional.of("the copies of %s differ (D6): %s".formatted(key, copies(key, list)));
            }
            for (SimulatedNode node : cluster.nodes()) {
                boolean elsewhere =
                        !list.isHome(node.id()) && node.disk().keys().contains(key);
                if (elsewhere && !cluster.isTooSmall()) {
                    return Optional.of("%s has a copy of %s, and is not home to it (D12)".formatted(node.id(), key));
                }
            }
        }
        for (PreferenceList list : known.preferenceLists()) {
            for (SimulatedNode node : homes(list)) {
                if (!root(node, list.partition()).equals(Optional.of(sum(known, node, list.partition())))) {
                    return Optional.of("the tree of %s at %s is not what its disk holds (D16)"
                            .formatted(list.partition(), node.id()));
                }
            }
        }
        return Optional.empty();
    }

    private static Digest sum(Ring ring, SimulatedNode node, Partition partition) {
        return node.disk().keys().stream()
                .filter(key -> ring.partitionOf(key).equals(partition))
                .map(key -> node.disk().peek(key) instanceof ReadOutcome.Found found
                        ? Digest.of(key, found.record().versions())
                        : Digest.NONE)
                .reduce(Digest.NONE, Digest::plus);
    }

    private static Optional<Digest> root(SimulatedNode node, Partition partition) {
        SimulatedProcess process = node.process();
        return process == null ? Optional.empty() : process.node().reports().root(partition);
    }

    private List<SimulatedNode> homes(PreferenceList list) {
        return cluster.nodes().stream().filter(node -> list.isHome(node.id())).toList();
    }

    private static ReadOutcome withoutMint(ReadOutcome outcome) {
        return outcome instanceof ReadOutcome.Found found
                ? new ReadOutcome.Found(new StoredRecord(found.record().versions(), null))
                : outcome;
    }

    private Ring ring() {
        MembershipHistory known = cluster.history();
        Ring latest = ring;
        if (latest == null || !known.equals(history)) {
            history = known;
            latest = known.ring().orElseThrow();
            ring = latest;
        }
        return latest;
    }
}
