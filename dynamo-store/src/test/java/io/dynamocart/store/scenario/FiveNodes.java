package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A healthy cluster of five with (3,2,2), and clients that add a version to a key and remember what was confirmed. */
final class FiveNodes {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final SimulatedCluster cluster;
    private final int homes;
    private final Map<Key, List<PutResult>> confirmed = new TreeMap<>();

    FiveNodes(long seed) {
        this(seed, ClusterOptions.three());
    }

    FiveNodes(long seed, ClusterOptions options) {
        cluster = SimulatedCluster.born(seed, options.withNodes(5));
        homes = options.n();
    }

    SimulatedNode node(int number) {
        return cluster.node(number);
    }

    void crash(int... numbers) {
        for (int number : numbers) {
            node(number).crash();
        }
        // Their links break at once, as those of a killed process do
        cluster.simulation().runFor(Duration.ofMillis(100));
    }

    /** Cuts every way between the nodes of two sides. */
    void cut(List<Integer> side, List<Integer> otherSide) {
        for (int one : side) {
            for (int other : otherSide) {
                cluster.network().cut(node(one).id(), node(other).id());
                cluster.network().cut(node(other).id(), node(one).id());
            }
        }
    }

    void heal() {
        cluster.healAll();
        cluster.startAll();
    }

    /** Puts through a node, at once if the node answers so. */
    CompletableFuture<PutResult> put(int number, Key key, String value) {
        DynamoStore store = node(number).store();
        WriteOptions asCartsDo = store.writeOptions().withRepeatable(true);
        return store.put(key, Context.none(key), Value.of(value), asCartsDo);
    }

    /** Writes to a key through a node, which must confirm it at the first try or at one of so many. */
    void write(int number, Key key, String value, int mostTries) {
        List<String> problems = new ArrayList<>();
        while (problems.size() < mostTries) {
            CompletableFuture<PutResult> put = put(number, key, value + " after " + problems.size());
            await(put);
            if (!put.isCompletedExceptionally()) {
                confirmed.computeIfAbsent(key, _ -> new ArrayList<>()).add(put.join());
                return;
            }
            problems.add(put.exceptionNow().toString());
        }
        throw new AssertionError("write of %s through %d was not confirmed: %s".formatted(key, number, problems));
    }

    void await(CompletableFuture<?> promise) {
        long end = cluster.simulation().now() + PATIENCE.toNanos();
        while (!promise.isDone()
                && cluster.simulation().now() < end
                && cluster.simulation().step()) {
            // Until it is there
        }
        assertThat(promise).as("answered within %s", PATIENCE).isDone();
    }

    /** Lets time pass until writes under way have ended and no node keeps anything for another. */
    void awaitNoHints(Duration most) {
        cluster.simulation().runFor(DEADLINE);
        long end = cluster.simulation().now() + most.toNanos();
        while (!cluster.hinted().isEmpty()) {
            assertThat(cluster.simulation().now())
                    .as("hints drain within %s", most)
                    .isLessThan(end);
            cluster.simulation().step();
        }
    }

    /** Every confirmed write is on all home replicas of its key, and nobody else has a copy (D12). */
    void everythingIsHome() {
        confirmed.forEach((key, puts) -> {
            List<SimulatedNode> holders = cluster.nodes().stream()
                    .filter(node -> !copy(node, key).isEmpty())
                    .toList();
            assertThat(holders).as("nodes with a copy of %s", key).hasSize(homes);
            for (SimulatedNode holder : holders) {
                for (PutResult put : puts) {
                    assertThat(copy(holder, key).clock().contains(put.dot()))
                            .as("%s of %s at %s", put.dot(), key, holder.id())
                            .isTrue();
                }
            }
        });
    }

    static Versions copy(SimulatedNode node, Key key) {
        ReadOutcome outcome = node.disk().peek(key);
        assertThat(outcome).isInstanceOf(ReadOutcome.Found.class);
        return ((ReadOutcome.Found) outcome).record().versions();
    }
}
