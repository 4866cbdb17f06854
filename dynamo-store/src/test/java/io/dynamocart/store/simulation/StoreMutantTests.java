package io.dynamocart.store.simulation;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The simulation notices a broken node: each mutant must fail within 200 seeds. */
@Execution(ExecutionMode.CONCURRENT)
class StoreMutantTests {

    private static final int RUNS_OF_HARDSHIP = 5;

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return each(
                StoreMutants.all(),
                (name, mutant) -> Seeds.expectFailure(
                        "A node that " + name, seed -> StoreSimulationTests.run(seed, mutant.get())));
    }

    /** Otherwise a mutant might be caught for what it meets, and not for what it is. */
    @TestFactory
    Stream<DynamicTest> whatTheyMeetBreaksNoOther() {
        return each(
                StoreMutants.hardships(),
                (name, hardship) -> Seeds.runAll(
                        "With " + name, RUNS_OF_HARDSHIP, seed -> StoreSimulationTests.run(seed, hardship.get())));
    }

    private static Stream<DynamicTest> each(
            Map<String, Supplier<Mutation>> mutations, BiConsumer<String, Supplier<Mutation>> test) {
        return mutations.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> test.accept(each.getKey(), each.getValue())));
    }
}
