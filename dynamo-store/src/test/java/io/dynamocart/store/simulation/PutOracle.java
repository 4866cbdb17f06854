package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Knows what every put was told to replace, and so what must be left of a key in the end: "the puts whose dot is in no
 * later context" (riak's kv679 model). Sees every record that reaches a disk, and trusts no node.
 */
public final class PutOracle implements Observer {

    /** One put: what its client had seen, and the dot it was acknowledged with. */
    private static final class Put {
        private final Key key;
        private final Clock seen;
        private boolean acknowledged;

        Put(Key key, Clock seen) {
            this.key = key;
            this.seen = seen;
        }
    }

    private static final long LONGEST_VOTE = 2_000_000_000;

    private record Name(Key key, Dot dot) {}

    private final SimulatedCluster cluster;
    private final RiskedWrites risked;
    private final Map<String, Put> puts = new TreeMap<>();
    private final Map<Name, Version> issued = new java.util.HashMap<>();
    private final List<Name> acknowledged = new ArrayList<>();
    private final Map<Key, List<Clock>> deletes = new TreeMap<>();
    private final Map<Key, Clock> deleted = new TreeMap<>();

    public PutOracle(SimulatedCluster cluster) {
        this(cluster, (_, _) -> {});
    }

    /** @param onDoubt told of each acknowledged write that not everybody has to meet from now on */
    PutOracle(SimulatedCluster cluster, BiConsumer<Key, Dot> onDoubt) {
        this.cluster = cluster;
        this.risked = new RiskedWrites(cluster, onDoubt);
        cluster.observe(risked);
    }

    /** A client sends a put. Its value names it, and nothing else has that value. */
    public void sent(Key key, Clock seen, Value value) {
        puts.put(value.toString(), new Put(key, seen));
    }

    /** A client sends a delete. */
    public void sentDelete(Key key, Clock seen) {
        deletes.computeIfAbsent(key, _ -> new ArrayList<>()).add(seen);
    }

    /** A client was told that its delete is done. */
    public void acknowledgedDelete(Key key, Dot dot) {
        acknowledged.add(new Name(key, dot));
        risked.acknowledged(key, dot);
    }

    /** A client was told that its put is on {@code w} disks, or in memory where nodes buffer. */
    public void acknowledged(Key key, Value value, Dot dot, int w) {
        Put put = put(value);
        assertThat(put.acknowledged).as("%s is acknowledged once", value).isFalse();
        put.acknowledged = true;
        acknowledged.add(new Name(key, dot));
        risked.acknowledged(key, dot);
        long disks = cluster.nodes().stream()
                .filter(node -> node.disk().holds(key, dot))
                .count();
        if (cluster.options().w() == w && !destroyed && !cluster.options().buffers()) {
            assertThat(disks)
                    .as("disks that hold %s %s when it is acknowledged (D21, D22)", key, dot)
                    .isGreaterThanOrEqualTo(w);
        }
    }

    private boolean destroyed;
    private long lastJump = Long.MIN_VALUE / 2;

    @Override
    public void count(String what) {
        if (what.equals("clock jumps")) {
            lastJump = cluster.simulation().now();
        }
        destroyed |= Losses.isLoss(what);
    }

    @Override
    public void onCommit(NodeId node, Key key, StoredRecord record) {
        for (Version version : record.versions().list()) {
            check(key, version);
        }
    }

    private void check(Key key, Version version) {
        Version before = issued.putIfAbsent(new Name(key, version.dot()), version);
        if (before != null) {
            assertThat(version).as("a dot names one version, ever (C1)").isEqualTo(before);
            return;
        }
        if (version.value() == null) {
            deleted.merge(key, version.clock(), Clock::join);
            if (cluster.options().truncation().isOff()) {
                assertThat(deletes.getOrDefault(key, List.of()).contains(version.past()) || isExpired(key, version))
                        .as(
                                "the past of the tombstone %s is what a client that deleted had seen, or has expired",
                                version)
                        .isTrue();
            }
        } else {
            Put put = put(version.value());
            assertThat(put.key).as("the key of %s", version).isEqualTo(key);
            if (cluster.options().truncation().isOff()) {
                assertThat(version.past())
                        .as("the past of %s is what its client had seen, no more and no less", version)
                        .isEqualTo(put.seen);
            }
        }
    }

    /**
     * Whether all that the tombstone replaces may go, by a clock that is right. One is wrong at a time, except that a
     * replica may have answered before another clock went wrong.
     */
    private boolean isExpired(Key key, Version tombstone) {
        Duration age = cluster.options().expireAfter();
        Instant youngest = SimulatedNode.timeAt(cluster.simulation().now()).minus(age);
        boolean jumped = cluster.simulation().now() - lastJump < LONGEST_VOTE;
        List<Version> replaced = issued.entrySet().stream()
                .filter(entry ->
                        entry.getKey().key.equals(key) && tombstone.past().contains(entry.getKey().dot))
                .map(Map.Entry::getValue)
                .toList();
        return !age.isZero()
                && (jumped
                        || replaced.stream()
                                .filter(version -> version.value() != null
                                        && replaced.stream().noneMatch(each -> replaces(each, version)))
                                .noneMatch(version -> version.writtenAt().isAfter(youngest)));
    }

    @Override
    public void onEvent(NodeId node, NodeEvent event) {
        if (event instanceof NodeEvent.ValueExpired expired) {
            acknowledgedDelete(expired.key(), expired.tombstone());
        }
    }

    /** Checks what every replica holds in the end, once everything is healed and repaired. */
    public void verify() {
        Map<Key, List<Dot>> byKey = new TreeMap<>();
        acknowledged.forEach(name ->
                byKey.computeIfAbsent(name.key, key -> new ArrayList<>()).add(name.dot));
        for (SimulatedNode node : cluster.settled()) {
            assertThat(node.disk().hintedKeys())
                    .as("hints left at %s after healing (D14)", node.id())
                    .isEmpty();
        }
        for (Key key : cluster.keys()) {
            Versions left = agreedVersions(key);
            Clock covered = left.clock().join(deleted.getOrDefault(key, Clock.empty()));
            List<Dot> dots = byKey.getOrDefault(key, List.of());
            for (Dot dot : dots) {
                assertThat(covered.contains(dot) || risked.mayLack(key, dot))
                        .as(
                                "acknowledged put %s of %s is there, or replaced by one that is, or was deleted (D1); left are %s",
                                dot, key, left)
                        .isTrue();
            }
            if (cluster.options().truncation().isOff()) {
                checkNothingObsolete(key, dots, left);
            }
        }
    }

    private static boolean replaces(Version version, Version other) {
        return version.past().contains(other.dot());
    }

    /** Nothing is left that an acknowledged put was told to replace. */
    private void checkNothingObsolete(Key key, List<Dot> dots, Versions left) {
        Clock known = left.clock();
        for (Dot dot : dots) {
            Version replacing = issued.get(new Name(key, dot));
            boolean there = known.contains(dot) || !risked.mayLack(key, dot);
            if (replacing != null && there) {
                for (Version version : left.list()) {
                    assertThat(replaces(replacing, version))
                            .as("%s of %s is obsolete since %s (D8)", version, key, replacing)
                            .isFalse();
                }
            }
        }
    }

    /** What all nodes with a copy hold of the key; they must not differ (D6). */
    private Versions agreedVersions(Key key) {
        Versions agreed = null;
        for (SimulatedNode node : cluster.settled()) {
            ReadOutcome outcome = node.disk().peek(key);
            assertThat(outcome).as("%s at %s", key, node.id()).isInstanceOf(ReadOutcome.Found.class);
            Versions copy = ((ReadOutcome.Found) outcome).record().versions();
            if (!copy.isEmpty()) {
                assertThat(agreed == null || agreed.equals(copy))
                        .as(
                                "copies of %s agree after healing (D6): %s at %s, %s elsewhere",
                                key, copy, node.id(), agreed)
                        .isTrue();
                agreed = copy;
            }
        }
        return agreed == null ? Versions.none() : agreed;
    }

    private Put put(Value value) {
        Put put = puts.get(value.toString());
        if (put == null) {
            throw new AssertionError("nobody ever put " + value);
        }
        return put;
    }
}
