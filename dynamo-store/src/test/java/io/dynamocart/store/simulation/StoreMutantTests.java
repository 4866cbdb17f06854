package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulation notices a broken node: each mutant must fail within 200 seeds. */
class StoreMutantTests {

    private static final int MOST_SEEDS = 200;

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return StoreMutants.all().entrySet().stream()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.getKey(),
                        () -> assertThatThrownBy(() -> {
                                    for (long seed = 1; seed <= MOST_SEEDS; seed++) {
                                        run(seed, mutant.getValue());
                                    }
                                })
                                .as("a node that " + mutant.getKey())
                                .isInstanceOf(AssertionError.class)));
    }

    private static void run(long seed, Mutation mutation) {
        new SimulationRun(seed, SimulationRun.drawShape(seed), mutation, PutWorkload::new).run();
    }
}
