package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Observer;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.transport.MessageCodec;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A hundred nodes, and what they say to each other: the numbers of docs/hundreds-of-nodes.md, which it prints. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
class HundredNodesTests {

    private static final int NODES = 100;
    private static final int PARTITIONS = 1024;
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(10);

    private final SimulatedCluster cluster = SimulatedCluster.born(
            1,
            ClusterOptions.three()
                    .withNodes(NODES)
                    .withPartitioning(new Partitioning.EqualShares(PARTITIONS))
                    .withRepair(RepairSettings.standard()));
    private final Traffic traffic = new Traffic();

    @Test
    void whileNothingHappensEachTellsAnotherOnceASecondWhatItKnows() {
        cluster.observe(traffic);

        cluster.simulation().runFor(QUIET);

        traffic.print("nothing happens for " + QUIET);
        double nodeSeconds = NODES * QUIET.toSeconds();
        assertThat(traffic.sent("Gossip") / nodeSeconds).isBetween(0.95, 1.05);
        assertThat(traffic.size("Gossip") / nodeSeconds).isBetween(32.0 * NODES, 35.0 * NODES);
        assertThat(traffic.sent("Compare") / nodeSeconds).isBetween(0.08, 0.12);
        assertThat(traffic.messages.keySet()).containsOnly("Gossip", "Compare", "CompareReply");
    }

    @Test
    void aPutAsksThreeOfThemAndAGetTwo() {
        cluster.observe(traffic);
        Key key = Key.of("cart");

        PutResult put = done(cluster.node(50).store().put(key, Context.none(key), Value.of("socks")));
        assertThat(put.dot()).isNotNull();
        assertThat(done(cluster.node(77).store().get(key)).versions().clock().contains(put.dot()))
                .isTrue();

        traffic.print("a put and a get");
        assertThat(traffic.sent("ReplicaPut")).isBetween(2L, 3L);
        assertThat(traffic.sent("ReplicaGet")).isBetween(1L, 2L);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "simulation.long",
            matches = "true",
            disabledReason = "takes a minute or two: -Dsimulation.long=true")
    void oneThatIsGivenUpIsReplacedByAllWithinSeconds() {
        SimulatedNode dead = cluster.node(NODES);
        cluster.takeAway(dead);
        cluster.simulation().runFor(Duration.ofSeconds(10));
        cluster.observe(traffic);

        cluster.node(1).dynamo().forceRemove(dead.id());
        Duration known = until(history ->
                history.members().stream().noneMatch(member -> member.id().equals(dead.id())));
        Duration carriedOut = until(history -> history.settledMember(dead.id()).isEmpty());

        traffic.print(
                "given up: known to all after %s, nothing left to move after another %s".formatted(known, carriedOut));
        assertThat(known).isLessThan(Duration.ofSeconds(1));
        assertThat(carriedOut).isLessThan(Duration.ofSeconds(30));
        assertThat(traffic.size("Gossip") / NODES).isLessThan(10_000_000);
        assertThat(size(cluster.history())).isBetween(7_000, 7_800);
    }

    private static int size(MembershipHistory history) {
        ByteWriter written = new ByteWriter();
        history.writeTo(written);
        return written.toByteArray().length;
    }

    private <T> T done(CompletableFuture<T> future) {
        while (!future.isDone()) {
            cluster.simulation().step();
        }
        return future.join();
    }

    /** Until all nodes know as much. */
    private Duration until(Predicate<MembershipHistory> known) {
        long begin = cluster.simulation().now();
        while (!cluster.nodes().stream().allMatch(node -> known.test(node.disk().membership()))) {
            cluster.simulation().runFor(STEP);
        }
        return Duration.ofNanos(cluster.simulation().now() - begin);
    }

    /** What all nodes send, by kind of message. */
    private static final class Traffic implements Observer {

        private final Map<String, Long> messages = new TreeMap<>();
        private final Map<String, Long> bytes = new TreeMap<>();

        @Override
        public void onSend(NodeId from, NodeId to, Message message) {
            ByteWriter written = new ByteWriter();
            MessageCodec.encode(message, written);
            String kind = message.getClass().getSimpleName();
            messages.merge(kind, 1L, Long::sum);
            bytes.merge(kind, (long) written.toByteArray().length, Long::sum);
        }

        long sent(String kind) {
            return messages.getOrDefault(kind, 0L);
        }

        long size(String kind) {
            return bytes.getOrDefault(kind, 0L);
        }

        void print(String what) {
            System.out.printf("%d nodes, %d partitions, %s; each node sends%n", NODES, PARTITIONS, what);
            messages.keySet()
                    .forEach(kind -> System.out.printf(
                            "%10.2f %-16s of %6d bytes%n", sent(kind) / (double) NODES, kind, size(kind) / sent(kind)));
        }
    }
}
