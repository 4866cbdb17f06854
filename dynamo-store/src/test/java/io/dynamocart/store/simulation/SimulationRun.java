package io.dynamocart.store.simulation;

import java.time.Duration;
import java.util.function.BiFunction;

/**
 * One run of a seed: a cluster of some shape, faults of some kind, and a workload. First everything may go wrong and
 * nothing may be lost; then everything is healed, and all copies must become one.
 */
public final class SimulationRun {

    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration MOST_FOR_REPAIR = Duration.ofSeconds(60);
    private static final Duration MOST_FOR_HINTS = Duration.ofSeconds(60);

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final Chaos.Options chaosOptions;
    private final Tally tally = new Tally();
    private final Workload workload;

    /**
     * Prepares a run.
     *
     * @param workload makes the workload for the cluster, which is not started yet
     */
    public SimulationRun(
            long seed,
            ClusterOptions shape,
            Mutation mutation,
            BiFunction<SimulatedCluster, Tally, Workload> workload) {
        this.simulation = new Simulation(seed);
        this.cluster = new SimulatedCluster(simulation, shape, mutation);
        cluster.observe(tally);
        cluster.observe(new DamageWatch(cluster));
        this.workload = workload.apply(cluster, tally);
        this.chaosOptions = this.workload.survivable(
                mutation.trouble().apply(Chaos.Options.draw(simulation.random("options"), shape.w() > 1)));
    }

    /** Draws the shape of a cluster from a seed. */
    public static ClusterOptions drawShape(long seed) {
        SeededRandom random = new SeededRandom(seed).fork("shape");
        ClusterOptions shape = ClusterOptions.three().withNodes(random.chance(0.6) ? 3 : (int) random.between(4, 6));
        ClusterOptions timed = random.chance(0.6) ? shape.withReaping() : shape;
        return switch (random.nextInt(6)) {
            case 0 -> timed.withQuorum(1, 1);
            case 1 -> timed.withQuorum(1, 3);
            case 2 -> timed.withQuorum(3, 1);
            default -> timed;
        };
    }

    /**
     * Runs to the end.
     *
     * @throws AssertionError if anything did not hold, with all that is needed to see it again
     */
    public Tally run() {
        try {
            cluster.startAll();
            Chaos chaos = new Chaos(cluster, chaosOptions);
            workload.begin();
            chaos.begin();
            simulation.runFor(workload.duration());
            chaos.end();
            workload.end();
            cluster.healAll();
            cluster.startAll();
            simulation.runFor(REST);
            awaitHints();
            new Convergence(cluster).await(MOST_FOR_REPAIR);
            workload.verify();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(report(), e);
        }
        tally.count("runs");
        tally.count("virtual seconds", Duration.ofNanos(simulation.now()).toSeconds());
        return tally;
    }

    /** The same for two runs of one seed. */
    public long traceHash() {
        return simulation.trace().hash();
    }

    /** Everybody can be reached, so whatever is kept for others finds its way (docs/invariants.md D14). */
    private void awaitHints() {
        long end = simulation.now() + MOST_FOR_HINTS.toNanos();
        while (!cluster.hinted().isEmpty() && !cluster.isTooSmall()) {
            if (simulation.now() > end) {
                throw new AssertionError(
                        "after %s there are still hints for %s".formatted(MOST_FOR_HINTS, cluster.hinted()));
            }
            simulation.step();
        }
    }

    private String report() {
        return """
                simulation failed for seed %d
                replay it with: %s
                cluster: %s
                faults: %s
                it held so far:
                %sits last events:
                %s""".formatted(
                        simulation.seed(),
                        Seeds.replayCommand(simulation.seed()),
                        cluster.options(),
                        chaosOptions,
                        tally,
                        String.join("\n", simulation.trace().lastLines()));
    }
}
