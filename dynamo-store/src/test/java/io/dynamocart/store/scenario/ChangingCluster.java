package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A cluster whose members change while a client writes to it without pause, and remembers what was confirmed. */
final class ChangingCluster {

    private static final Duration BETWEEN_WRITES = Duration.ofMillis(7);
    private static final List<Key> KEYS =
            IntStream.range(0, 60).mapToObj(i -> Key.of("cart-" + i)).toList();

    final SimulatedCluster cluster;
    final List<String> refused = new ArrayList<>();
    private final Map<Key, List<PutResult>> confirmed = new TreeMap<>();
    private boolean writing;
    private int writes;

    ChangingCluster(long seed, ClusterOptions options) {
        cluster = SimulatedCluster.born(seed, options);
    }

    /** Begins to write, through one node after the other. */
    ChangingCluster write() {
        writing = true;
        cluster.simulation().after(BETWEEN_WRITES.toNanos(), this::writeNext);
        return this;
    }

    private void writeNext() {
        if (!writing) {
            return;
        }
        List<SimulatedNode> ready = cluster.ready();
        SimulatedNode through = ready.get(writes % ready.size());
        Key key = KEYS.get(writes % KEYS.size());
        CompletableFuture<PutResult> put =
                through.untilCrash(through.store().put(key, Context.none(key), Value.of("write " + writes++)));
        cluster.simulation().when(put, (done, problem) -> {
            if (done == null) {
                refused.add(String.valueOf(problem));
            } else {
                confirmed.computeIfAbsent(key, _ -> new ArrayList<>()).add(done);
            }
        });
        cluster.simulation().after(BETWEEN_WRITES.toNanos(), this::writeNext);
    }

    SimulatedNode start(boolean join) {
        SimulatedNode node = cluster.add(join);
        node.start();
        return node;
    }

    /** An operator says it at a node, at the first time that the node agrees. */
    void order(SimulatedNode at, RequestedChange request) {
        commit(at, List.of(request));
    }

    /** An operator says all of it at a node, as one plan. */
    void commit(SimulatedNode at, List<RequestedChange> requested) {
        DynamoNode node = at.dynamo();
        node.commit(node.plan(requested));
    }

    void runFor(Duration duration) {
        cluster.simulation().runFor(duration);
    }

    /** Looks each virtual millisecond: that takes longer than most of what happens in between. */
    void await(String what, Duration most, BooleanSupplier condition) {
        long end = cluster.simulation().now() + most.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(cluster.simulation().now()).as(what + " within " + most).isLessThan(end);
            runFor(Duration.ofMillis(1));
        }
    }

    /** Until these and no others are members, and everybody knows. */
    void awaitMembers(SimulatedNode... members) {
        List<NodeId> names =
                List.of(members).stream().map(SimulatedNode::id).sorted().toList();
        await(
                "members " + names,
                Duration.ofSeconds(90),
                () -> cluster.nodes().stream()
                        .map(node -> node.disk().membership())
                        .allMatch(history -> history.progress().isEmpty()
                                && history.due().isEmpty()
                                && history.members().stream()
                                        .map(member -> member.id())
                                        .toList()
                                        .equals(names)));
    }

    /** Reads each key through this node, of two home replicas (D13, D19). */
    void everyStrictReadMeetsWhatWasConfirmed(SimulatedNode through) {
        Map<Key, List<PutResult>> before = new TreeMap<>();
        confirmed.forEach((key, puts) -> before.put(key, List.copyOf(puts)));
        assertThat(before).isNotEmpty();
        before.forEach((key, puts) -> {
            DynamoStore store = through.store();
            CompletableFuture<GetResult> get =
                    store.get(key, store.readOptions().withR(2).withStrict(true));
            await("an answer", Duration.ofSeconds(2), get::isDone);
            Clock known = get.join().versions().clock();
            for (PutResult put : puts) {
                assertThat(known.contains(put.dot()))
                        .as("%s of %s is read (D13)", put.dot(), key)
                        .isTrue();
            }
        });
    }

    void stopWriting() {
        writing = false;
        runFor(Duration.ofSeconds(2));
    }

    /** Ends the writing, and waits until every key is on its home replicas and nowhere else. */
    void awaitEverythingHome() {
        stopWriting();
        await(
                "nothing elsewhere",
                Duration.ofSeconds(60),
                () -> somethingElsewhere().isEmpty());
        assertThat(confirmed).hasSize(KEYS.size());
        Ring ring = ring();
        confirmed.forEach((key, puts) -> cluster.nodes().stream()
                .filter(node -> ring.preferenceList(key).isHome(node.id()))
                .forEach(home -> {
                    Clock known = copy(home, key).clock();
                    for (PutResult put : puts) {
                        assertThat(known.contains(put.dot()))
                                .as("%s of %s at %s (D13)", put.dot(), key, home.id())
                                .isTrue();
                    }
                }));
    }

    private Optional<Key> somethingElsewhere() {
        Ring ring = ring();
        return cluster.keys().stream()
                .filter(key -> cluster.nodes().stream()
                        .anyMatch(node -> node.disk().hintedKeys().contains(key)
                                || ring.preferenceList(key).isHome(node.id())
                                        == copy(node, key).isEmpty()))
                .findFirst();
    }

    private Ring ring() {
        return history().ring().orElseThrow();
    }

    MembershipHistory history() {
        return cluster.ready().getFirst().disk().membership();
    }

    private static Versions copy(SimulatedNode node, Key key) {
        return node.disk().peek(key) instanceof ReadOutcome.Found found
                ? found.record().versions()
                : Versions.none();
    }
}
