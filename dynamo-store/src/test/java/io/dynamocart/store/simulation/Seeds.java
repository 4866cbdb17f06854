package io.dynamocart.store.simulation;

import java.util.ArrayList;
import java.util.List;
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
     * @param by what the check says that must find it: whatever else goes wrong, with another seed or by accident, does not
     *     count
     * @param first the seed to begin with, 1 to 200: one that has caught it spares all that do not
     * @return the seed that caught it
     * @throws AssertionError if none of the seeds 1 to 200 does
     */
    public static long expectFailure(String mutant, String by, long first, LongFunction<SimulationRun> run) {
        List<String> others = new ArrayList<>();
        for (long i = 0; i < MOST_SEEDS_FOR_A_MUTANT; i++) {
            long seed = (first - 1 + i) % MOST_SEEDS_FOR_A_MUTANT + 1;
            String problem = problemOf(run.apply(seed));
            if (problem.contains(by)) {
                System.out.printf("%s: caught by seed %d, %s%n", mutant, seed, problem);
                if (seed != first) {
                    System.out.printf("%s: the first seed %d is stale, write %d%n", mutant, first, seed);
                }
                return seed;
            } else if (!problem.isEmpty()) {
                others.add("seed %d, %s".formatted(seed, problem));
            }
        }
        throw new AssertionError("%s: not caught by %s within %d seeds; otherwise wrong with %d of them: %s"
                .formatted(
                        mutant,
                        by,
                        MOST_SEEDS_FOR_A_MUTANT,
                        others.size(),
                        others.stream().limit(3).toList()));
    }

    /** What went wrong, in a line; empty if nothing did. */
    private static String problemOf(SimulationRun run) {
        try {
            run.run();
            return "";
        } catch (AssertionError caught) {
            Throwable root = rootOf(caught);
            String message = String.valueOf(root.getMessage()).strip();
            return root.getClass().getSimpleName() + ": "
                    + message.lines().findFirst().orElse("");
        }
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
