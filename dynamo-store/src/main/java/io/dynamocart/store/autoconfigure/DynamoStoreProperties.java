package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.antientropy.Limits;
import io.dynamocart.store.backup.BackupSettings;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.Founding;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.node.ReapSettings;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.storage.StorageSettings;
import io.dynamocart.store.transport.HostAndPort;
import io.dynamocart.store.transport.Protocol;
import io.dynamocart.store.transport.TransportSettings;
import io.dynamocart.store.version.Reconciliation;
import io.dynamocart.store.version.Truncation;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the Dynamo node inside this instance.
 *
 * @param nodeId Name of this node, 1 to 64 letters, digits, dots, underscores or hyphens. Unique in the cluster, and
 *     kept for as long as the node's data is. The store starts only where it is set.
 * @param address Host and port at which the other nodes reach this one.
 * @param bindAddress Host and port on which this node listens to the others, where that is not its address.
 * @param seeds Addresses of the nodes through which members find one another. The same list on every node; those on it
 *     found the cluster when they first meet; a single one does after five intervals of gossip.
 * @param join Whether this node asks to be taken into the cluster that it finds through the seeds, without an operator
 *     saying so. Needless on seeds, and once it is a member; a node that was removed does not come back by it.
 * @param dataDir Directory that holds everything the node keeps. One per node.
 * @param cluster Name of the cluster. Nodes of differently named clusters never talk to one another.
 * @param secret Text by which nodes know one another, and with which version contexts are sealed so that clients cannot
 *     invent them. The same on all nodes; long and random, or whoever overhears it being proved may guess it. Empty
 *     lets everybody be a node who reaches the address and knows the name of the cluster.
 * @param sslBundle Name of a Spring SSL bundle (`spring.ssl.bundle.*`) with a certificate for this node and what it
 *     trusts others by: connections between nodes are then encrypted, and both sides have to show a certificate. All
 *     nodes with one or none. Whoever has a certificate that is trusted counts as a node, so let the authority be one
 *     of the cluster's own. A bundle that is reloaded holds for new connections.
 * @param zone Rack, room or data centre that may fail as a whole. Replicas of a key go to different zones while there
 *     are enough.
 * @param weight Share of the ring that this node takes compared with the others, 1 to 1000.
 * @param n Number of home replicas per key, 1 to 64. Larger survives more losses and costs more writes. Fixed when the
 *     cluster is born.
 * @param r Number of replicas that must answer a read, 1 to n. With r + w above n a read sees every acknowledged write
 *     while home replicas answer; smaller is faster.
 * @param w Number of nodes that must have a write on disk, 1 to n. Larger loses less when disks are lost; smaller
 *     refuses less.
 * @param partitions Number of equal partitions of the ring, up to 65536. Fixed when the cluster is born; several times
 *     the number of nodes that it will ever have.
 * @param partitioning Which of the paper's strategies cuts the ring and hands it out: 3, equal partitions and as many
 *     tokens; 1, random tokens that are the partitions; 2, equal partitions placed by random tokens. Fixed when the
 *     cluster is born; 1 and 2 balance worse, and are there to be compared.
 * @param tokens Number of random tokens of a node of weight 1, up to 4096, with strategies 1 and 2. More balance better
 *     and make the membership larger. Fixed when the cluster is born.
 * @param requestTimeout Time after which a request fails, or a write is reported as unknown. Below the timeout of the
 *     application's own clients.
 * @param lateAfter Silence of a peer after which it is asked last and another is asked instead. Shorter rides out
 *     failures faster and mistakes slowness for failure more often.
 * @param retryAfter Time between two probes of a peer that does not answer. Shorter notices its recovery sooner.
 * @param hedgedReads Share of reads, 0 to 0.5, that may ask one replica more when an answer is slower than usual.
 *     Larger cuts the slowest reads and costs as many more.
 * @param gossipInterval Time between two rounds in which the node tells one of the others, in turn, what it knows of
 *     the membership.
 * @param antiEntropyInterval Time between two comparisons of a partition with another replica of it, above 0. Shorter
 *     finds copies that differ sooner, for one message there and back where none does; all partitions take partitions
 *     times (n - 1) times n / nodes of it.
 * @param scrubInterval Time between two pages of up to 1 MB that are read from disk to find what it lost or let rot,
 *     above 0. Shorter finds it sooner and reads more.
 * @param foregroundLimit Latency of the requests of this node's clients, at the 99th percentile of the last minute,
 *     above which repair, handoff and transfers slow down, to a sixteenth at the least; above 0. Lower protects clients
 *     more; what is behind takes longer to catch up under load.
 * @param reapAfter Age at which what is left of a deleted key may be removed for good. For so long an older copy of the
 *     data directory may be put back without bringing deleted keys back. Longer keeps more of them.
 * @param reapGrace Time between the two questions to all nodes whether that is safe, at least ten times the request
 *     timeout. Longer than a message may be held back anywhere; 20m or more where connections are not closed sooner.
 *     Where a member is restarted within it, that removal begins anew.
 * @param reapInterval Time between two proposals to remove up to 500 deleted keys, above 0. Shorter removes more in a
 *     day, at some 200 bytes of memory a key on every node during the grace.
 * @param maxVersions Number of siblings that a key may have before writes that add another are refused, 1 to 1000. So
 *     are writes that would make all siblings of a key longer than 8 MiB.
 * @param maxHints Number of keys that this node keeps for one other node while that one cannot be reached, 0 to
 *     10000000. Larger takes writes through longer outages, at some 200 bytes of memory a key beside the disk.
 * @param maxInFlight Number of requests under way at once in this node, beyond which more are refused. Larger lets more
 *     wait, and longer, for processors that are too few; smaller refuses while disks or other nodes are slow.
 * @param drainTimeout Time that a stop waits for requests under way.
 * @param objectBuffer Number of writes, up to 5000, that this node may report done while they are on their way to its
 *     disk; it then has one other replica of each write that it coordinates report only when it is on disk. Larger
 *     rides out longer standstills of disks; a crash or a failed sync loses what is in it, here. With 0 every write
 *     that is reported is on disk on w nodes. The same on all nodes.
 * @param cacheSize Memory for records at hand. Larger answers more reads without the disk.
 * @param writeBuffer Memory in which writes are gathered before a table is written to disk, at least 64KB; twice of it
 *     may be held. Larger writes less to disk in all and starts more slowly after a crash.
 * @param diskReserve Free space on the disk below which this node takes no writes, at least twice the write buffer.
 *     Larger stops earlier; below twelve write buffers and 30MB, a full disk may make a restart necessary.
 * @param protocol Highest version of the protocol that this node speaks with others, where that is not the newest it
 *     knows. For an upgrade that may have to be taken back: what needs a newer one stays off until this is removed.
 * @param backupDir Directory that this node writes its backups to. Best on another disk than its data; without one it
 *     makes none.
 * @param backupRate Bytes a second that the node reads from its disk for a backup, at most; 64KB or more. Larger ends
 *     sooner and slows requests more.
 * @param reconciliation What becomes of versions that did not see each other: application keeps them all to be merged,
 *     last-writer-wins keeps the latest by the nodes' clocks and loses the others. The same on all nodes, from the
 *     birth of the cluster on.
 * @param truncateClocks Whether the pasts of versions are cut to their ten latest entries, as in the paper. Brings
 *     replaced versions back as siblings; not for applications that read pasts, as the cart does.
 */
@Validated
@ConfigurationProperties("dynamo.store")
public record DynamoStoreProperties(
        @Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String nodeId,

        @Pattern(regexp = ".+:\\d{1,5}", message = "must be host:port") @DefaultValue("127.0.0.1:7000")
        String address,

        @Nullable @Pattern(regexp = ".+:\\d{1,5}", message = "must be host:port")
        String bindAddress,

        @NotEmpty @DefaultValue("127.0.0.1:7000")
        List<@Pattern(regexp = ".+:\\d{1,5}", message = "must be host:port") String> seeds,

        @DefaultValue("false") boolean join,

        @DefaultValue("data") Path dataDir,
        @NotEmpty @DefaultValue("dynamo-cart") String cluster,
        @DefaultValue("") String secret,
        @Nullable String sslBundle,
        @NotEmpty @DefaultValue("default") String zone,
        @Min(1) @Max(1000) @DefaultValue("1") int weight,
        @Min(1) @Max(64) @DefaultValue("3") int n,
        @Min(1) @DefaultValue("2") int r,
        @Min(1) @DefaultValue("2") int w,

        @Min(1) @Max(Founding.MAX_PARTITIONS) @DefaultValue("256")
        int partitions,

        @Min(1) @Max(3) @DefaultValue("3") int partitioning,

        @Min(1) @Max(Partitioning.MAX_TOKENS_PER_NODE) @DefaultValue("64")
        int tokens,

        @DefaultValue("1s") Duration requestTimeout,
        @DefaultValue("200ms") Duration lateAfter,
        @DefaultValue("1s") Duration retryAfter,

        @DecimalMin("0") @DecimalMax("0.5") @DefaultValue("0.05")
        double hedgedReads,

        @DefaultValue("1s") Duration gossipInterval,
        @DefaultValue("10s") Duration antiEntropyInterval,
        @DefaultValue("1s") Duration scrubInterval,
        @DefaultValue("50ms") Duration foregroundLimit,
        @DefaultValue("10d") Duration reapAfter,
        @DefaultValue("30m") Duration reapGrace,
        @DefaultValue("1m") Duration reapInterval,
        @Min(1) @Max(1000) @DefaultValue("128") int maxVersions,
        @Min(0) @Max(10_000_000) @DefaultValue("100000") int maxHints,
        @Min(1) @DefaultValue("256") int maxInFlight,
        @DefaultValue("10s") Duration drainTimeout,
        @Min(0) @Max(5_000) @DefaultValue("0") int objectBuffer,
        @DefaultValue("64MB") DataSize cacheSize,
        @DefaultValue("16MB") DataSize writeBuffer,
        @DefaultValue("256MB") DataSize diskReserve,
        @Nullable Integer protocol,
        @Nullable Path backupDir,
        @DefaultValue("32MB") DataSize backupRate,
        @DefaultValue("application") Reconciliation reconciliation,
        @DefaultValue("false") boolean truncateClocks) {

    private static final int PAPER_THRESHOLD = 10;
    private static final Duration FIRST_GUESS = Duration.ofMillis(10);
    private static final Duration REPAIR_WAIT = Duration.ofMillis(50);

    @AssertTrue(message = "r and w must not be larger than n")
    boolean isQuorumPossible() {
        return r <= n && w <= n;
    }

    @AssertTrue(message = "durations must be above zero")
    boolean isEveryDurationPositive() {
        return requestTimeout.isPositive()
                && lateAfter.isPositive()
                && retryAfter.isPositive()
                && gossipInterval.isPositive()
                && antiEntropyInterval.isPositive()
                && scrubInterval.isPositive()
                && foregroundLimit.isPositive()
                && reapInterval.isPositive()
                && !reapAfter.isNegative()
                && !drainTimeout.isNegative();
    }

    @AssertTrue(message = "protocol must be a version that this release speaks")
    boolean isProtocolSpoken() {
        return protocol == null || (protocol >= Protocol.NEWEST.lowest() && protocol <= Protocol.NEWEST.highest());
    }

    @AssertTrue(message = "backup-rate must be at least 64KB")
    boolean isBackupRatePossible() {
        return backupRate.toKilobytes() >= 64;
    }

    @AssertTrue(message = "reap-grace must be at least ten times the request timeout")
    boolean isReapGraceLongEnough() {
        return reapGrace.compareTo(requestTimeout.multipliedBy(10)) >= 0;
    }

    /** Whether whoever reaches its port is a node of its cluster. */
    boolean isOpenToStrangers() {
        return secret.isEmpty()
                && sslBundle == null
                && !HostAndPort.parse(listensAt()).isLoopback();
    }

    String listensAt() {
        return bindAddress == null ? address : bindAddress;
    }

    DriverSettings driverSettings(@Nullable Supplier<SSLContext> tls, Expiry expiry) {
        return new DriverSettings(
                nodeSettings(expiry),
                cluster,
                secret,
                tls,
                dataDir,
                listensAt(),
                new StorageSettings(cacheSize.toBytes(), Math.toIntExact(writeBuffer.toBytes()), diskReserve.toBytes()),
                TransportSettings.standard()
                        .speaking(protocol == null ? Protocol.NEWEST : Protocol.NEWEST.upTo(protocol)),
                new BackupSettings(backupDir, backupRate.toBytes(), diskReserve.toBytes(), reapAfter),
                maxInFlight,
                drainTimeout);
    }

    /** Random tokens are drawn from the name of the cluster, so that all seeds found the same one. */
    private Partitioning cut() {
        return switch (partitioning) {
            case 1 -> new Partitioning.RandomTokens(tokens, cluster.hashCode());
            case 2 -> new Partitioning.RandomTokensEqualPartitions(partitions, tokens, cluster.hashCode());
            default -> new Partitioning.EqualShares(partitions);
        };
    }

    private NodeSettings nodeSettings(Expiry expiry) {
        Truncation truncation = truncateClocks ? new Truncation(PAPER_THRESHOLD) : Truncation.off();
        return new NodeSettings(
                new Member(new NodeId(nodeId), address, zone, weight),
                seeds,
                join,
                cut(),
                ReadOptions.of(n, r, requestTimeout),
                WriteOptions.of(n, w, requestTimeout),
                new FailureDetector.Settings(FIRST_GUESS, lateAfter, retryAfter),
                new ReplicaLimits(maxVersions, truncation, reconciliation).withObjectBuffer(objectBuffer),
                maxHints,
                hedgedReads,
                REPAIR_WAIT,
                gossipInterval,
                new RepairSettings(
                        antiEntropyInterval,
                        Limits.standard(),
                        scrubInterval,
                        foregroundLimit,
                        new ReapSettings(reapAfter, reapGrace, reapInterval)),
                expiry);
    }
}
