package io.dynamocart.store.simulation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulation notices a broken node: each mutant must fail within 200 seeds. */
class StoreMutantTests {

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return StoreMutants.all().entrySet().stream()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.getKey(),
                        () -> Seeds.expectFailure(
                                "A node that " + mutant.getKey(),
                                seed -> StoreSimulationTests.run(seed, mutant.getValue()))));
    }
}
