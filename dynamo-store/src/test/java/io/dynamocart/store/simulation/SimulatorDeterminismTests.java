package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A seed decides everything: the same one gives the same trace, in this JVM and in another. */
@Execution(ExecutionMode.CONCURRENT)
class SimulatorDeterminismTests {

    private static final long[] SEEDS = LongStream.rangeClosed(1, 8).toArray();

    @Test
    void sameSeedGivesTheSameTraceInAnotherJvm() throws IOException {
        assertThat(inAnotherJvm()).isEqualTo(traceHashes()).doesNotHaveDuplicates();
    }

    /** Prints the hashes of the traces. */
    static void main(String[] args) {
        traceHashes().forEach(System.out::println);
    }

    private static List<String> traceHashes() {
        return Arrays.stream(SEEDS)
                .mapToObj(seed -> {
                    SimulationRun run = StoreSimulationTests.run(seed);
                    run.run();
                    return Long.toHexString(run.traceHash());
                })
                .toList();
    }

    private static List<String> inAnotherJvm() throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorDeterminismTests.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines().toList();
        }
    }
}
