package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whenever a partition has a new home replica, any R of its homes must still know every write that W of them have
 * acknowledged, by what is on their disks (docs/invariants.md D13). As long as no disk was damaged.
 */
final class QuorumWatch implements Observer {

    private record Taken(NodeId node, TokenRange range) {}

    private final SimulatedCluster cluster;
    private final Map<Key, List<Dot>> acknowledged = new TreeMap<>();
    private final Map<Key, List<Dot>> buffered = new TreeMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private boolean destroyed;

    QuorumWatch(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    /** W home replicas have acknowledged a put; where nodes buffer, it counts when W of them have it on disk. */
    void acknowledged(Key key, Dot dot) {
        Map<Key, List<Dot>> state = cluster.options().buffers() ? buffered : acknowledged;
        state.computeIfAbsent(key, _ -> new ArrayList<>()).add(dot);
    }

    /** This put has not been written by W of them, and perhaps never will be. */
    void forget(Key key, Dot dot) {
        buffered.getOrDefault(key, new ArrayList<>()).remove(dot);
    }

    @Override
    public void onCommit(NodeId node, Key key, StoredRecord record) {
        List<Dot> waiting = buffered.getOrDefault(key, new ArrayList<>());
        if (!waiting.isEmpty()) {
            List<NodeId> homes =
                    cluster.history().ring().orElseThrow().preferenceList(key).home();
            List<Clock> known = known(homes, key);
            waiting.removeIf(dot -> {
                boolean written = holders(known, dot) >= cluster.options().w();
                if (written) {
                    acknowledged.computeIfAbsent(key, _ -> new ArrayList<>()).add(dot);
                }
                return written;
            });
        }
    }

    /** Nothing is left of the key any more, and nobody wants it. */
    void forget(Key key) {
        acknowledged.remove(key);
        buffered.remove(key);
    }

    @Override
    public void count(String what) {
        destroyed |= Losses.isLossOfHome(what);
    }

    @Override
    public void onEvent(NodeId node, NodeEvent event) {
        if (event instanceof NodeEvent.PartitionTaken partition
                && cluster.options().overlaps()) {
            taken.add(new Taken(node, partition.range()));
        }
    }

    @Override
    public void afterEvent() {
        if (destroyed || taken.isEmpty()) {
            return;
        }
        Ring ring = cluster.history().ring().orElseThrow();
        taken.removeIf(each -> {
            PreferenceList list = ring.preferenceList(ring.partitionAt(each.range.end()));
            boolean known = list.isHome(each.node);
            if (known) {
                acknowledged.keySet().stream()
                        .filter(key -> each.range.contains(Token.of(key)))
                        .forEach(key -> check(key, ring.preferenceList(key).home()));
            }
            return known;
        });
    }

    private void check(Key key, List<NodeId> homes) {
        List<Clock> known = known(homes, key);
        for (Dot dot : acknowledged.getOrDefault(key, List.of())) {
            assertThat(holders(known, dot))
                    .as("home replicas among %s that hold the acknowledged %s of %s (D13)", homes, dot, key)
                    .isGreaterThan(homes.size() - cluster.options().r());
        }
    }

    /** What each of these home replicas has on its disk, or had and replaced. */
    private List<Clock> known(List<NodeId> homes, Key key) {
        return cluster.nodes().stream()
                .filter(node -> homes.contains(node.id()))
                .map(node -> node.disk().peek(key) instanceof ReadOutcome.Found found
                        ? found.record().versions().clock()
                        : Clock.empty())
                .toList();
    }

    private static long holders(List<Clock> known, Dot dot) {
        return known.stream().filter(clock -> clock.contains(dot)).count();
    }
}
