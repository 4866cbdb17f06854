package io.dynamocart.store.actuate;

import io.dynamocart.store.membership.Member;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.ring.NodeId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Meters of a node's requests, as the paper reports them: the 99th and 99.9th percentile (§6.1), how many versions
 * reads saw (§6.3), and what came of the quorums. Names are documented in {@code docs/operations.md}.
 */
public final class StoreMeters implements NodeEvent.Listener {

    private static final int MAX_VERSIONS_TOLD_APART = 4;

    private final Map<Outcome, Timer> gets = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Timer> puts = new EnumMap<>(Outcome.class);
    private final List<Counter> versions = new ArrayList<>();
    private final Counter getsRefused;
    private final Counter putsBuffered;
    private final Counter readRepairs;
    private final Counter suspicions;
    private final Counter damagedRecords;
    private final Counter failedReads;
    private final Counter diskFailures;
    private final Counter hintsKept;
    private final Counter hintsRefused;
    private final Counter hintsDelivered;
    private final AtomicInteger diskFull;
    private final Counter exchanges;
    private final Counter exchangesBrokenOff;
    private final Counter keysRepaired;
    private final Counter keysDiverged;
    private final Counter treesCorrected;
    private final Counter partitionsTaken;
    private final Counter leftoversDelivered;
    private final AtomicReference<Double> background = new AtomicReference<>(1.0);
    private final Counter valuesExpired;
    private final Counter tombstonesReaped;
    private final AtomicInteger hints;
    /** By name, not as a sum of changes, so that one too many does no harm for ever. */
    private final Set<NodeId> linked = ConcurrentHashMap.newKeySet();

    private volatile Set<NodeId> members = Set.of();
    private final AtomicInteger membersMissing;
    private final Timer visibility;
    private final Map<NodeId, Timer> peers = new HashMap<>();
    private final MeterRegistry registry;

    public StoreMeters(MeterRegistry registry) {
        this.registry = registry;
        visibility = timer(
                registry,
                "dynamo.store.visibility",
                "Time from a write to the last home replica's acknowledgement of it",
                Tags.empty());
        for (Outcome outcome : EnumSet.complementOf(EnumSet.of(Outcome.UNKNOWN))) {
            gets.put(outcome, timer(registry, "dynamo.store.get", "Reads of this node's clients", outcome));
        }
        for (Outcome outcome : EnumSet.complementOf(EnumSet.of(Outcome.NOT_COVERED))) {
            puts.put(outcome, timer(registry, "dynamo.store.put", "Writes of this node's clients", outcome));
        }
        for (int count = 0; count <= MAX_VERSIONS_TOLD_APART; count++) {
            versions.add(Counter.builder("dynamo.store.get.versions")
                    .description("Reads by the number of versions they saw; 4 stands for 4 and more")
                    .tag("versions", Integer.toString(count))
                    .register(registry));
        }
        getsRefused =
                counter(registry, "dynamo.store.get.refused", "Reads refused, since disks do not keep up with reading");
        putsBuffered = counter(
                registry,
                "dynamo.store.put.buffered",
                "Writes answered before any node had said that it is on its disk");
        readRepairs = counter(registry, "dynamo.store.read.repairs", "Replicas brought up to date after a read");
        suspicions = counter(registry, "dynamo.store.suspicions", "Peers that stopped answering");
        damagedRecords = counter(registry, "dynamo.store.damaged.records", "Damaged records come upon");
        failedReads = counter(registry, "dynamo.store.failed.reads", "Reads that this node's disk could not do");
        diskFailures = counter(registry, "dynamo.store.disk.failures", "Failures of this node's disk");
        hintsKept = counter(registry, "dynamo.store.hints.kept", "Writes kept for nodes that cannot be reached");
        hintsRefused = counter(registry, "dynamo.store.hints.refused", "Writes not kept, since too many are");
        hintsDelivered = counter(registry, "dynamo.store.hints.delivered", "Kept writes brought to their node");
        diskFull = registry.gauge("dynamo.store.disk.full", new AtomicInteger());
        exchanges = counter(registry, "dynamo.store.exchanges", "Comparisons of a partition with a peer");
        exchangesBrokenOff = counter(registry, "dynamo.store.exchanges.broken.off", "Comparisons without an end");
        keysRepaired = counter(registry, "dynamo.store.exchanges.repaired", "Keys repaired by comparisons");
        keysDiverged = counter(registry, "dynamo.store.exchanges.diverged", "Keys with two contents of one version");
        treesCorrected = counter(registry, "dynamo.store.trees.corrected", "Partitions the disk lost something of");
        partitionsTaken = counter(registry, "dynamo.store.partitions.taken", "Partitions that moved here");
        leftoversDelivered =
                counter(registry, "dynamo.store.leftovers.delivered", "Keys removed here after they moved elsewhere");
        Gauge.builder("dynamo.store.background.share", background, AtomicReference::get)
                .description(
                        "Share of time that repair, handoff and transfers may take, 1 unless clients wait too long")
                .register(registry);
        valuesExpired = counter(registry, "dynamo.store.values.expired", "Keys that this node let expire");
        tombstonesReaped = counter(registry, "dynamo.store.tombstones.reaped", "Tombstones removed from this disk");
        hints = registry.gauge("dynamo.store.hints", new AtomicInteger());
        Gauge.builder("dynamo.store.links", this, StoreMeters::linkedMembers)
                .description("Members of the cluster that this node has a link to")
                .register(registry);
        Gauge.builder("dynamo.store.members", this, meters -> meters.members.size())
                .description("Members of the cluster, as this node knows them")
                .register(registry);
        membersMissing = registry.gauge("dynamo.store.members.missing", new AtomicInteger());
    }

    @Override
    public void on(NodeEvent event) {
        switch (event) {
            case NodeEvent.GetEnded(long nanos, Outcome outcome, int seen) -> {
                record(gets, outcome, nanos);
                if (outcome == Outcome.SUCCEEDED) {
                    versions.get(Math.min(seen, MAX_VERSIONS_TOLD_APART)).increment();
                }
            }
            case NodeEvent.GetRefused _ -> getsRefused.increment();
            case NodeEvent.PutEnded(long nanos, Outcome outcome) -> record(puts, outcome, nanos);
            case NodeEvent.AnsweredFromMemory _ -> putsBuffered.increment();
            case NodeEvent.WriteVisible(long nanos) -> visibility.record(nanos, TimeUnit.NANOSECONDS);
            case NodeEvent.PeerAnswered(NodeId peer, long nanos) ->
                peers.computeIfAbsent(peer, this::latencyOf).record(nanos, TimeUnit.NANOSECONDS);
            case NodeEvent.ReadRepaired _ -> readRepairs.increment();
            case NodeEvent.PeerSuspected _ -> suspicions.increment();
            case NodeEvent.RecordDamaged _ -> damagedRecords.increment();
            case NodeEvent.ReadFailed _ -> failedReads.increment();
            case NodeEvent.DiskFailed _ -> diskFailures.increment();
            case NodeEvent.DiskFull _ -> diskFull.set(1);
            case NodeEvent.DiskHasRoom _ -> diskFull.set(0);
            case NodeEvent.HintKept _ -> hintsKept.increment();
            case NodeEvent.HintRefused _ -> hintsRefused.increment();
            case NodeEvent.HintDelivered _ -> hintsDelivered.increment();
            case NodeEvent.HintsCounted(int keys) -> hints.set(keys);
            case NodeEvent.BackgroundAdmitted(double share) -> background.set(share);
            case NodeEvent.ExchangeEnded ended -> {
                (ended.complete() ? exchanges : exchangesBrokenOff).increment();
                keysRepaired.increment(ended.repaired());
            }
            case NodeEvent.VersionsDiverged _ -> keysDiverged.increment();
            case NodeEvent.TreesCorrected(int trees) -> treesCorrected.increment(trees);
            case NodeEvent.ValueExpired _ -> valuesExpired.increment();
            case NodeEvent.TombstoneReaped _ -> tombstonesReaped.increment();
            case NodeEvent.LinkChanged(NodeId peer, boolean up) -> onLinkChanged(peer, up);
            case NodeEvent.PartitionTaken _ -> partitionsTaken.increment();
            case NodeEvent.LeftoverDelivered _ -> leftoversDelivered.increment();
            case NodeEvent.MembershipLearned learned -> {
                members = learned.history().members().stream().map(Member::id).collect(Collectors.toUnmodifiableSet());
                membersMissing.set(0);
            }
            case NodeEvent.TooFewMembers tooFew -> membersMissing.set(tooFew.missing());
            case NodeEvent.Misconfigured _, NodeEvent.OtherThanOnRing _ -> {}
            case NodeEvent.PlanRefused _, NodeEvent.ExpiryFailed _, NodeEvent.TracedAnswered _ -> {}
        }
    }

    private void onLinkChanged(NodeId peer, boolean up) {
        if (up) {
            linked.add(peer);
        } else {
            linked.remove(peer);
        }
    }

    /** A node that waits to be taken in is linked, too, and must not hide that a member is not. */
    private long linkedMembers() {
        return linked.stream().filter(members::contains).count();
    }

    private static void record(Map<Outcome, Timer> timers, Outcome outcome, long nanos) {
        Timer timer = timers.get(outcome);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timer latencyOf(NodeId peer) {
        return timer(
                registry,
                "dynamo.store.peer.latency",
                "Time from a request to a peer to its answer",
                Tags.of("peer", peer.name()));
    }

    private static Timer timer(MeterRegistry registry, String name, String description, Outcome outcome) {
        return timer(
                registry, name, description, Tags.of("outcome", outcome.name().toLowerCase(Locale.ROOT)));
    }

    private static Timer timer(MeterRegistry registry, String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .publishPercentiles(0.5, 0.99, 0.999)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
