package io.dynamocart.store.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Storage.ReadOutcome;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Observer;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** A cluster in virtual time, nodes 1 to S, whose clients do one thing after the other. */
final class PaperCluster {

    static final Key KEY = Key.of("cart-1");

    final SimulatedCluster simulated;

    PaperCluster(ClusterOptions options) {
        simulated = SimulatedCluster.born(2007, options);
        rest();
    }

    SimulatedNode node(int number) {
        return simulated.node(number);
    }

    GetResult get(int node) {
        return done(store(node).get(KEY));
    }

    /** Waits for every replica, so that they are all repaired afterwards. */
    GetResult getFromAll(int node) {
        DynamoStore store = store(node);
        return done(store.get(KEY, store.readOptions().withEveryReplica()));
    }

    PutResult put(int node, String value) {
        return put(node, value, Context.none(KEY));
    }

    PutResult put(int node, String value, Context context) {
        return done(putting(node, value, context));
    }

    CompletableFuture<PutResult> putting(int node, String value, Context context) {
        return store(node).put(KEY, context, Value.of(value));
    }

    /** Home replicas of the key, in ring order. */
    List<String> homes(Key key) {
        return done(store(1).replicas(key)).stream().map(ReplicaCopy::node).toList();
    }

    /** What is on the node's disk under the key, tombstones left out. */
    List<String> valuesOnDisk(int node) {
        return texts(onDisk(node(node)));
    }

    static Versions onDisk(SimulatedNode node) {
        ReadOutcome outcome = node.disk().peek(KEY);
        assertThat(outcome).isInstanceOf(ReadOutcome.Found.class);
        return ((ReadOutcome.Found) outcome).record().versions();
    }

    /** Tells of everything that a node sends, at the moment it does. */
    void onSend(BiConsumer<SimulatedNode, Message> told) {
        simulated.observe(new Observer() {
            @Override
            public void onSend(NodeId from, NodeId to, Message message) {
                simulated.nodes().stream()
                        .filter(node -> node.id().equals(from))
                        .forEach(node -> told.accept(node, message));
            }
        });
    }

    static List<String> texts(GetResult found) {
        return texts(found.versions());
    }

    static List<String> texts(Versions versions) {
        return versions.live().stream()
                .map(version -> String.valueOf(version.value()))
                .sorted()
                .toList();
    }

    /** Nothing gets through between one node and the others, in neither direction. */
    void isolate(int node) {
        numbers().filter(other -> other != node).forEach(other -> cut(node, other));
    }

    void cut(int one, int other) {
        simulated.network().cut(node(one).id(), node(other).id());
        simulated.network().cut(node(other).id(), node(one).id());
    }

    void heal() {
        simulated.healAll();
        rest();
    }

    /** Time enough for links to be made, lost and noticed, and for repairs to be done. */
    void rest() {
        simulated.simulation().runFor(Duration.ofSeconds(20));
    }

    IntStream numbers() {
        return IntStream.rangeClosed(1, simulated.nodes().size());
    }

    void crash(int... nodes) {
        Arrays.stream(nodes).forEach(node -> node(node).crash());
    }

    /** Runs until the answer is there. */
    <T> T done(CompletableFuture<T> answer) {
        await(answer);
        return answer.join();
    }

    /** Runs until there is an answer, which must be this failure. */
    <E extends Exception> E failed(CompletableFuture<?> answer, Class<E> kind) {
        await(answer);
        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow()).isInstanceOf(kind);
        return kind.cast(answer.exceptionNow());
    }

    private void await(CompletableFuture<?> answer) {
        while (!answer.isDone()) {
            assertThat(simulated.simulation().step())
                    .as("something still happens")
                    .isTrue();
        }
    }

    private DynamoStore store(int node) {
        return node(node).store();
    }
}
