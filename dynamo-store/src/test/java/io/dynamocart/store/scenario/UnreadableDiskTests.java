package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.membership.MembershipHistory;
import io.dynamocart.store.membership.PlanRefusedException;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.RequestedChange;
import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Convergence;
import io.dynamocart.store.simulation.Observer;
import io.dynamocart.store.simulation.SimulatedNode;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk of which some place cannot be read any more: it is found out, told, and never waited for in silence. */
class UnreadableDiskTests {

    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final List<Key> KEYS =
            IntStream.range(0, 30).mapToObj(i -> Key.of("cart-" + i)).toList();

    private final FiveNodes five = new FiveNodes(11);
    private final SimulatedNode struck = five.node(2);
    private final List<NodeEvent> told = new ArrayList<>();
    private final List<Key> committed = new ArrayList<>();

    @BeforeEach
    void listen() {
        five.cluster.observe(new Observer() {
            @Override
            public void onEvent(NodeId node, NodeEvent event) {
                if (node.equals(struck.id())) {
                    told.add(event);
                }
            }

            @Override
            public void onCommit(NodeId node, Key key, StoredRecord record) {
                if (node.equals(struck.id())) {
                    committed.add(key);
                }
            }
        });
    }

    @Test
    void isTakenForFailedAndWithAnEmptyOneInItsPlaceNothingIsLost() {
        writeAll("before");
        struck.disk().makeUnreadable(struck.disk().keys().getFirst());
        five.cluster.simulation().runFor(A_MINUTE.multipliedBy(2));

        assertThat(told).hasAtLeastOneElementOfType(NodeEvent.ReadFailed.class);
        assertThat(told).hasAtLeastOneElementOfType(NodeEvent.DiskFailed.class);
        assertThat(struck.dynamo().reports().disk()).isEqualTo(new DiskState.Failed("it cannot be read: i/o error"));
        committed.clear();
        writeAll("meanwhile");
        assertThat(committed).isEmpty();

        five.crash(2);
        struck.disk().wipe();
        struck.start();

        new Convergence(five.cluster).await(A_MINUTE);
        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    @Test
    void thatHoldsHintsKeepsItsNodeOutAndSaysWhyUntilItCanBeReadAgain() {
        SimulatedNode keeper = keeperOfHints();
        keeper.crash();
        keeper.disk().makeUnreadable(keeper.disk().hintedKeys().getFirst());
        keeper.start();
        five.cluster.simulation().runFor(Duration.ofSeconds(20));

        assertThat(keeper.isReady()).isFalse();
        assertThat(keeper.dynamo().obstacle()).isEqualTo("the disk of this node cannot be read");
        CompletableFuture<?> get = keeper.store().get(KEYS.getFirst());
        five.await(get);
        assertThat(get.exceptionNow()).hasMessage("the disk of this node cannot be read");

        five.heal();

        new Convergence(five.cluster).await(A_MINUTE);
        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
    }

    /** The others tell it of a plan that waits for its vote: it must not act on what it hears either. */
    @Test
    void thatHoldsHintsKeepsItsNodeOutThoughTheRingChanges() {
        SimulatedNode keeper = keeperOfHints();
        SimulatedNode sixth = five.cluster.add(false);
        sixth.start();
        five.cluster.simulation().runFor(Duration.ofSeconds(5));
        keeper.crash();
        DynamoNode proposer = five.cluster.ready().getFirst().dynamo();
        proposer.commit(proposer.plan(List.of(new RequestedChange.Join(sixth.id()))));
        five.cluster.simulation().runFor(Duration.ofSeconds(5));
        keeper.disk().makeUnreadable(keeper.disk().hintedKeys().getFirst());
        MembershipHistory before = keeper.disk().membership();
        keeper.start();
        five.cluster.simulation().runFor(Duration.ofSeconds(20));

        assertThat(keeper.isReady()).isFalse();
        assertThat(keeper.dynamo().obstacle()).isEqualTo("the disk of this node cannot be read");
        assertThatThrownBy(() -> keeper.dynamo().forceRemove(five.node(3).id()))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessage("the disk of this node cannot be read");
        five.cluster.simulation().runFor(Duration.ofSeconds(2));
        assertThat(keeper.isReady()).isFalse();
        assertThat(keeper.disk().membership()).isEqualTo(before);

        five.heal();

        new Convergence(five.cluster).await(A_MINUTE);
        five.awaitNoHints(A_MINUTE);
        five.everythingIsHome();
        assertThat(keeper.disk().membership().members()).hasSize(6);
    }

    private SimulatedNode keeperOfHints() {
        five.crash(3);
        writeAll("for one that is away");
        return five.cluster.nodes().stream()
                .filter(node -> !node.disk().hintedKeys().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private void writeAll(String value) {
        KEYS.forEach(key -> five.write(1, key, value, 2));
    }
}
