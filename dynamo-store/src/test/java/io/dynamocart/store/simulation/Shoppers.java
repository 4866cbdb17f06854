package io.dynamocart.store.simulation;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Clients that come at a rate of their own, whatever became of those before: each reads a cart, and every other one
 * writes it then. One that fails tries again at once, through any node, twice.
 */
final class Shoppers {

    private static final int MOST_TRIES = 3;
    private static final int CARTS = 5_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SimulatedCluster cluster;
    private final Simulation simulation;
    private final SeededRandom random;
    private int perSecond;
    private Second present = new Second();

    /** What became of those who came within one second. */
    static final class Second {
        private int came;
        private int served;
        private int tries;

        /** How many of them got what they wanted. */
        int served() {
            return served;
        }

        /** The share of them that did not. */
        double failed() {
            return 1 - (double) served / came;
        }

        /** How often each tried. */
        double tries() {
            return (double) tries / came;
        }

        @Override
        public String toString() {
            return "%d of %d served in %d tries".formatted(served, came, tries);
        }
    }

    /** Nobody comes before {@link #begin}. */
    Shoppers(SimulatedCluster cluster, int perSecond) {
        this.cluster = cluster;
        this.simulation = cluster.simulation();
        this.random = simulation.random("shoppers");
        this.perSecond = perSecond;
    }

    void setRate(int newPerSecond) {
        perSecond = newPerSecond;
    }

    void begin() {
        simulation.after(random.between(0, 2 * SECOND / perSecond), () -> {
            new Shopper().visit();
            begin();
        });
    }

    /** Those who come from now on, within a second that has passed when this returns. */
    Second second() {
        Second begun = new Second();
        present = begun;
        simulation.runFor(Duration.ofNanos(SECOND));
        return begun;
    }

    private final class Shopper {

        private final Key cart = Key.of("cart-" + random.nextInt(CARTS));
        private final boolean writes = random.chance(0.5);
        private final Second second = present;
        private int tries;

        Shopper() {
            second.came++;
        }

        void visit() {
            tries++;
            second.tries++;
            simulation.when(visit(random.pick(cluster.nodes()).store()), (_, problem) -> {
                if (problem == null) {
                    second.served++;
                } else if (tries < MOST_TRIES) {
                    visit();
                }
            });
        }

        private CompletableFuture<?> visit(DynamoStore store) {
            CompletableFuture<GetResult> read = store.get(cart);
            return writes
                    ? read.thenCompose(found -> store.put(
                            cart,
                            found.context(),
                            Value.of("socks"),
                            store.writeOptions().withRepeatable(true)))
                    : read;
        }
    }
}
