package io.dynamocart.store.simulation;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reads every key from all its home replicas, twice: the first read repairs, the second sees whether they agree. It is
 * what an operator without anti-entropy does after a disk was lost.
 */
public final class Sweep {

    private static final int ATTEMPTS = 20;
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final SimulatedCluster cluster;
    private final SeededRandom random;

    public Sweep(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.random = cluster.simulation().random("sweep");
    }

    /** @param done told whether every key was found alike on all its home replicas */
    public void begin(Consumer<Boolean> done) {
        next(cluster.keys().iterator(), done);
    }

    /** Sweeps now, and runs the simulation until it is done. */
    public boolean runToEnd() {
        boolean[] result = new boolean[2];
        begin(complete -> {
            result[0] = true;
            result[1] = complete;
        });
        while (!result[0] && cluster.simulation().step()) {
            // The simulation is what makes progress
        }
        return result[1];
    }

    private void next(Iterator<Key> keys, Consumer<Boolean> done) {
        if (!keys.hasNext()) {
            done.accept(true);
            return;
        }
        repair(keys.next(), ATTEMPTS, agreed -> {
            if (agreed) {
                next(keys, done);
            } else {
                done.accept(false);
            }
        });
    }

    private void repair(Key key, int attempts, Consumer<Boolean> done) {
        List<SimulatedNode> ready = cluster.ready();
        if (attempts == 0 || ready.isEmpty()) {
            done.accept(false);
            return;
        }
        SimulatedNode node = random.pick(ready);
        DynamoStore store = node.store();
        CompletableFuture<GetResult> answer = node.untilCrash(
                store.get(key, store.readOptions().withEveryReplica().withTimeout(Duration.ofMillis(500))));
        cluster.simulation()
                .when(
                        answer,
                        (found, problem) -> cluster.simulation().after(PAUSE, () -> {
                            if (found != null && found.unanimous()) {
                                done.accept(true);
                            } else {
                                repair(key, attempts - 1, done);
                            }
                        }));
    }
}
