package io.dynamocart.store.simulation;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.antientropy.Limits;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.ChangedSettings;
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
 * @param limits what each node allows of one key, and of its disk
 * @param expireAfter age at which values go by themselves, zero for never
 */
public record ClusterOptions(
        int nodes,
        int n,
        int r,
        int w,
        int zones,
        Partitioning partitioning,
        ReplicaLimits limits,
        RepairSettings repair,
        Duration expireAfter) {

    /** Three nodes with (3,2,2) in one zone. */
    public static ClusterOptions three() {
        return new ClusterOptions(
                3,
                3,
                2,
                2,
                1,
                new Partitioning.EqualShares(16),
                new ReplicaLimits(1_000, Truncation.off()),
                busy(),
                Duration.ZERO);
    }

    public ClusterOptions withQuorum(int newR, int newW) {
        return new ClusterOptions(nodes, n, newR, newW, zones, partitioning, limits, repair, expireAfter);
    }

    /** The same, with a single home replica per key. */
    public ClusterOptions withOneHome() {
        return new ClusterOptions(nodes, 1, 1, 1, zones, partitioning, limits, repair, expireAfter);
    }

    public ClusterOptions withNodes(int newNodes) {
        return new ClusterOptions(newNodes, n, r, w, zones, partitioning, limits, repair, expireAfter);
    }

    /** The same, spread over so many zones. */
    public ClusterOptions withZones(int newZones) {
        return new ClusterOptions(nodes, n, r, w, newZones, partitioning, limits, repair, expireAfter);
    }

    public ClusterOptions withPartitioning(Partitioning newPartitioning) {
        return new ClusterOptions(nodes, n, r, w, zones, newPartitioning, limits, repair, expireAfter);
    }

    public ClusterOptions withTruncation(Truncation truncation) {
        return withLimits(new ReplicaLimits(limits.versions(), truncation, limits.reconciliation()));
    }

    public ClusterOptions withMaxVersions(int maxVersions) {
        return withLimits(new ReplicaLimits(maxVersions, limits.truncation(), limits.reconciliation()));
    }

    /** The same, with another way to deal with versions that did not see each other. */
    public ClusterOptions withReconciliation(Reconciliation reconciliation) {
        return withLimits(new ReplicaLimits(limits.versions(), limits.truncation(), reconciliation));
    }

    /** The same, with nodes that report so many writes done ahead of their disks. */
    public ClusterOptions withObjectBuffer(int writes) {
        return withLimits(limits.withObjectBuffer(writes));
    }

    private ClusterOptions withLimits(ReplicaLimits newLimits) {
        return new ClusterOptions(nodes, n, r, w, zones, partitioning, newLimits, repair, expireAfter);
    }

    /** The same, with tombstones that go within a virtual minute. */
    public ClusterOptions withReaping() {
        ReapSettings soon = new ReapSettings(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofMillis(500));
        return withRepair(ChangedSettings.with(repair, soon));
    }

    /** The same, with values that go by themselves at this age. */
    public ClusterOptions withExpiry(Duration age) {
        return new ClusterOptions(nodes, n, r, w, zones, partitioning, limits, repair, age);
    }

    /** The same, with a comparison a second, for tests in which little happens for long. */
    public ClusterOptions atLeisure() {
        return withRepair(new RepairSettings(
                Duration.ofSeconds(1),
                repair.exchange(),
                repair.scrubEvery(),
                repair.foregroundLimit(),
                repair.reaping()));
    }

    /** The same, at another pace of repair. */
    public ClusterOptions withRepair(RepairSettings newRepair) {
        return new ClusterOptions(nodes, n, r, w, zones, partitioning, limits, newRepair, expireAfter);
    }

    Truncation truncation() {
        return limits.truncation();
    }

    /** Whether nodes report writes done ahead of their disks. */
    boolean buffers() {
        return limits.buffers();
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
                limits,
                100_000,
                0.05,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                repair,
                expireAfter.isZero() ? Expiry.never() : Expiry.after(expireAfter));
    }
}
