package io.dynamocart.store.simulation;

import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Which seeds to run: {@code -Dsimulation.seed} names the first, {@code -Dsimulation.runs} how many. Without them a
 * build runs the same ones every time.
 */
public final class Seeds {

    private static final int MOST_SEEDS_FOR_A_MUTANT = 200;

    private Seeds() {}

    public static LongStream of(int usually) {
        Long first = Long.getLong("simulation.seed");
        int runs = Integer.getInteger("simulation.runs", first == null ? usually : 1);
        return LongStream.range(0, runs).map(i -> (first == null ? 1 : first) + i);
    }

    /** Runs every seed, adds up what the runs held, and prints it. */
    public static Tally runAll(String name, int usually, LongFunction<SimulationRun> run) {
        Tally total = new Tally();
        long begin = System.nanoTime();
        of(usually).forEach(seed -> total.add(run.apply(seed).run()));
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%s, %.1f s, %.1f virtual hours a minute, held:%n%s",
                name, seconds, total.of("virtual seconds") / 60.0 / seconds, total);
        return total;
    }

    /**
     * Runs something that is broken on purpose until a check finds it, and prints which.
     *
     * @param first the seed to begin with, 1 to 200: one that has caught it spares all that do not
     * @throws AssertionError if none of the seeds 1 to 200 does
     */
    public static void expectFailure(String mutant, long first, LongFunction<SimulationRun> run) {
        for (long i = 0; i < MOST_SEEDS_FOR_A_MUTANT; i++) {
            long seed = (first - 1 + i) % MOST_SEEDS_FOR_A_MUTANT + 1;
            try {
                run.apply(seed).run();
            } catch (AssertionError caught) {
                String why = String.valueOf(rootOf(caught).getMessage())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse("");
                System.out.printf("%s: caught by seed %d, %s%n", mutant, seed, why);
                if (i > 0) {
                    System.out.printf("%s: the first seed %d is stale, write %d%n", mutant, first, seed);
                }
                return;
            }
        }
        throw new AssertionError("%s: not caught within %d seeds".formatted(mutant, MOST_SEEDS_FOR_A_MUTANT));
    }

    private static Throwable rootOf(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The command that runs one seed of the running test again. */
    static String replayCommand(long seed) {
        String module = System.getProperty("simulation.module", "dynamo-store");
        return "./mvnw -pl %s test -Dtest='*SimulationTests' -Dsimulation.seed=%d".formatted(module, seed);
    }
}
