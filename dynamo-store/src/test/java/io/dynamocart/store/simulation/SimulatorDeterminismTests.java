package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A seed decides everything: the same one gives the same trace, in this JVM and in another. */
@Execution(ExecutionMode.CONCURRENT)
class SimulatorDeterminismTests {

    /** With and without expiry, with and without object buffers. */
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 6L);

    @Test
    void sameSeedGivesTheSameTraceInAnotherJvm() throws IOException, InterruptedException {
        assertThat(inAnotherJvm()).isEqualTo(traceHashes()).doesNotHaveDuplicates();
    }

    /** Prints the hashes of the traces. */
    static void main(String[] args) {
        traceHashes().forEach(System.out::println);
    }

    private static List<String> traceHashes() {
        return SEEDS.stream()
                .map(seed -> {
                    SimulationRun run = StoreSimulationTests.run(seed);
                    run.run();
                    return Long.toHexString(run.traceHash());
                })
                .toList();
    }

    /** With the collector of the JVM that runs the tests: it is the fastest for simulations. */
    private static List<String> inAnotherJvm() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseParallelGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorDeterminismTests.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> hashes = out.lines().toList();
            assertThat(process.waitFor()).isZero();
            return hashes;
        }
    }
}
