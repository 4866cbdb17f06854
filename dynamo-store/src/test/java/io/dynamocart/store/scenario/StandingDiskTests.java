package io.dynamocart.store.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Observer;
import io.dynamocart.store.simulation.SimulatedCluster;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Promise 1, where the disk of the instance that clients talk to stands still, as shared disks do: its node reaches W
 * nodes all the same. Clients change carts through it, one after the other, and try nothing twice.
 */
class StandingDiskTests {

    private static final Duration STANDSTILL = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration LATE_AFTER = Duration.ofMillis(200);
    private static final int CARTS = 40;

    private final SimulatedCluster cluster = SimulatedCluster.born(11, ClusterOptions.three());
    private final List<CompletableFuture<PutResult>> changes = new ArrayList<>();

    @Test
    void everyChangeIsConfirmedInTime() {
        cluster.node(1).disk().standStill(STANDSTILL);
        change(STANDSTILL.plus(DEADLINE));
        cluster.simulation().runFor(DEADLINE);

        assertThat(changes).allMatch(CompletableFuture::isDone);
        assertThat(changes).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    /** Once it is known that the disk stands still, changes begin elsewhere, so that the others have no more to do. */
    @Test
    void onlyWhatCameBeforeItShowedIsBegunTwice() {
        Set<Dot> dots = new LinkedHashSet<>();
        cluster.observe(new Observer() {
            @Override
            public void onCommit(NodeId node, Key key, StoredRecord record) {
                record.versions().list().forEach(version -> dots.add(version.dot()));
            }
        });
        cluster.node(1).disk().standStill(STANDSTILL);
        change(STANDSTILL);
        cluster.simulation().runFor(DEADLINE);

        int begunTwice = dots.size() - changes.size();
        assertThat(begunTwice).isBetween(1, 1 + (int) LATE_AFTER.dividedBy(BETWEEN));
    }

    private void change(Duration time) {
        DynamoStore store = cluster.node(1).store();
        for (long i = 0; i < time.dividedBy(BETWEEN); i++) {
            Key cart = Key.of("cart-" + i % CARTS);
            changes.add(store.get(cart)
                    .thenCompose(found -> store.put(
                            cart,
                            found.context(),
                            Value.of("milk"),
                            store.writeOptions().withTimeout(DEADLINE).withRepeatable(true))));
            cluster.simulation().runFor(BETWEEN);
        }
    }
}
