package io.dynamocart.store.simulation;

/**
 * How bad the network is, apart from cuts.
 *
 * @param loss share of messages that get lost
 * @param duplication share of messages that arrive twice
 * @param delay least time under way, nanoseconds
 * @param jitter most time on top of it; messages overtake one another within it
 * @param straggling share of messages that take a hundred times as long
 */
public record NetworkFaults(double loss, double duplication, long delay, long jitter, double straggling) {

    static NetworkFaults none() {
        return new NetworkFaults(0, 0, 200_000, 100_000, 0);
    }

    static NetworkFaults draw(SeededRandom random) {
        return new NetworkFaults(
                random.chance(0.5) ? 0 : random.nextDouble() * 0.1,
                random.chance(0.5) ? 0 : random.nextDouble() * 0.2,
                random.between(50_000, 2_000_000),
                random.between(0, 20_000_000),
                random.chance(0.7) ? 0 : random.nextDouble() * 0.02);
    }
}
