package io.dynamocart.store.simulation;

import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Which seeds to run: {@code -Dsimulation.seed} names the first, {@code -Dsimulation.runs} how many. Without them a
 * build runs the same ones every time.
 */
public final class Seeds {

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
        System.out.printf("%s, %.1f s, held:%n%s", name, (System.nanoTime() - begin) / 1e9, total);
        return total;
    }

    /** The command that runs one seed of the running test again. */
    static String replayCommand(long seed) {
        String module = System.getProperty("simulation.module", "dynamo-store");
        return "./mvnw -pl %s test -Dtest='*SimulationTests' -Dsimulation.seed=%d".formatted(module, seed);
    }
}
