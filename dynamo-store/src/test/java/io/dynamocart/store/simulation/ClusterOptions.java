package io.dynamocart.store.simulation;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.antientropy.Limits;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Truncation;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of a simulated cluster.
 *
 * @param nodes how many nodes (S)
 * @param n home replicas per key
 * @param zones how many zones the nodes are spread over
 * @param reconciliation what becomes of versions that did not see each other
 * @param expireAfter age at which values go by themselves, zero for never
 * @param objectBuffer keys whose writes each node may report done ahead of its disk
 */
public record ClusterOptions(
        int nodes,
        int n,
        int r,
        int w,
        int zones,
        Partitioning partitioning,
        int maxVersions,
        Truncation truncation,
        RepairSettings repair,
        Duration expireAfter,
        Reconciliation reconciliation,
        int objectBuffer) {

    /** Three nodes with (3,2,2) in one zone. */
    public static ClusterOptions three() {
        return new ClusterOptions(
                3,
                3,
                2,
                2,
                1,
                new Partitioning.EqualShares(16),
                1_000,
                Truncation.off(),
                busy(),
                Duration.ZERO,
                Reconciliation.APPLICATION,
                0);
    }

    public ClusterOptions withQuorum(int newR, int newW) {
        return new ClusterOptions(
                nodes,
                n,
                newR,
                newW,
                zones,
                partitioning,
                maxVersions,
                truncation,
                repair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    public ClusterOptions withNodes(int newNodes) {
        return new ClusterOptions(
                newNodes,
                n,
                r,
                w,
                zones,
                partitioning,
                maxVersions,
                truncation,
                repair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    /** The same, spread over so many zones. */
    public ClusterOptions withZones(int newZones) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                newZones,
                partitioning,
                maxVersions,
                truncation,
                repair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    public ClusterOptions withPartitioning(Partitioning newPartitioning) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                zones,
                newPartitioning,
                maxVersions,
                truncation,
                repair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    public ClusterOptions withTruncation(Truncation newTruncation) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                zones,
                partitioning,
                maxVersions,
                newTruncation,
                repair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    public ClusterOptions withMaxVersions(int newMaxVersions) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                zones,
                partitioning,
                newMaxVersions,
                truncation,
                repair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    /** The same, with tombstones that go within a virtual minute. */
    public ClusterOptions withReaping() {
        ReapSettings soon = new ReapSettings(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofMillis(500));
        return withRepair(repair.with(soon));
    }

    /** The same, with values that go by themselves at this age. */
    public ClusterOptions withExpiry(Duration age) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                zones,
                partitioning,
                maxVersions,
                truncation,
                repair,
                age,
                reconciliation,
                objectBuffer);
    }

    /** The same, at another pace of repair. */
    public ClusterOptions withRepair(RepairSettings newRepair) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                zones,
                partitioning,
                maxVersions,
                truncation,
                newRepair,
                expireAfter,
                reconciliation,
                objectBuffer);
    }

    /** The same, with another way to deal with versions that did not see each other. */
    public ClusterOptions withReconciliation(Reconciliation other) {
        return new ClusterOptions(
                nodes, n, r, w, zones, partitioning, maxVersions, truncation, repair, expireAfter, other, objectBuffer);
    }

    /** The same, with an object buffer for so many keys at each node. */
    public ClusterOptions withObjectBuffer(int keys) {
        return new ClusterOptions(
                nodes,
                n,
                r,
                w,
                zones,
                partitioning,
                maxVersions,
                truncation,
                repair,
                expireAfter,
                reconciliation,
                keys);
    }

    /** Comparisons and scrubbing so often that a virtual minute holds many rounds of both. */
    private static RepairSettings busy() {
        Limits limits = new Limits(4, 3, 2, Duration.ofMillis(300), Duration.ofSeconds(3));
        return new RepairSettings(
                Duration.ofMillis(100), limits, Duration.ofMillis(200), Duration.ofMillis(50), ReapSettings.standard());
    }

    /** How old a copy of a disk may be that is put back, so that it brings back nothing that was reaped. */
    Duration oldestBackup() {
        ReapSettings reaping = repair.reaping();
        return reaping.grace().compareTo(reaping.after()) > 0 ? reaping.grace() : reaping.after();
    }

    /** Whether every read meets every acknowledged write. */
    boolean overlaps() {
        return r + w > n;
    }

    List<NodeSettings> settings() {
        return IntStream.rangeClosed(1, nodes).mapToObj(i -> settings(i, false)).toList();
    }

    /** Those of the {@code number}-th node; the first {@link #nodes} are the seeds. */
    NodeSettings settings(int number, boolean join) {
        return settings(
                number,
                join,
                IntStream.rangeClosed(1, nodes).mapToObj(i -> "host-" + i).toList());
    }

    /** The same with seeds of its own; the {@code number}-th node is at {@code host-number}. */
    public NodeSettings settings(int number, boolean join, List<String> seeds) {
        Duration timeout = Duration.ofSeconds(1);
        return new NodeSettings(
                new Member(new NodeId("node-" + number), "host-" + number, "zone-" + number % zones, 1),
                seeds,
                join,
                partitioning,
                ReadOptions.of(n, r, timeout),
                WriteOptions.of(n, w, timeout),
                new FailureDetector.Settings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1)),
                new ReplicaLimits(maxVersions, truncation, reconciliation).withObjectBuffer(objectBuffer),
                100_000,
                0.05,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                repair,
                expireAfter.isZero() ? Expiry.never() : Expiry.after(expireAfter));
    }
}
