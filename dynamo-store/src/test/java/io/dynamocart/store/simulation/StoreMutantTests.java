package io.dynamocart.store.simulation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The simulation notices a broken node: each mutant must fail within 200 seeds. */
@Execution(ExecutionMode.CONCURRENT)
class StoreMutantTests {

    /**
     * Which check must catch it, by what this says, and the seed that did when it was last looked for. That is tried first;
     * no promise.
     */
    private record Catch(String by, long seed) {}

    private static final Map<String, Catch> CATCHES = Map.ofEntries(
            entry("acknowledges writes before they are on disk", new Catch("(D21, D22)", 1)),
            entry("drops every hundredth write and acknowledges it", new Catch("(D21, D22)", 1)),
            entry("takes a damaged record for no record", new Catch("(D23)", 16)),
            entry("leaves what others wrote out of its trees", new Catch("(D16)", 1)),
            entry("never finds what has rotted", new Catch("(D16)", 10)),
            entry("draws the same births at every start", new Catch("(C1)", 38)),
            entry("takes every start for the first one", new Catch("(C1)", 79)),
            entry("replicates the versions without their pasts", new Catch("(C1)", 1)),
            entry("replicates one of several siblings", new Catch("(D21, D22)", 5)),
            entry("says that it holds what the reader holds, whatever it holds", new Catch("(D19)", 10)),
            entry("never answers a comparison", new Catch("(D6)", 25)),
            entry("has new homes take over without anything", new Catch("(D13)", 3)),
            entry("has new homes take over what it had when they began", new Catch("(D13)", 43)),
            entry("acknowledges for a home that it is no more", new Catch("(D21, D22)", 85)),
            entry("never asks an old home to stop", new Catch("(D17)", 2)),
            entry("removes tombstones without asking anybody", new Catch("(D8)", 52)),
            entry("removes tombstones while messages are under way", new Catch("(D8)", 9)),
            entry(
                    "says that it is the day after",
                    new Catch("is what a client that deleted had seen, or has expired", 2)));

    @Test
    void knowsWhatCatchesEach() {
        assertThat(CATCHES).containsOnlyKeys(StoreMutants.all().keySet());
    }

    /** And what it meets on top of what is drawn breaks no other: with that alone, the seed that caught it goes well. */
    @TestFactory
    Stream<DynamicTest> isCaughtForWhatItIs() {
        return StoreMutants.all().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> isCaught(each.getKey(), each.getValue())));
    }

    private static void isCaught(String name, Supplier<Mutation> mutant) {
        Catch known = Objects.requireNonNull(CATCHES.get(name));
        long seed = Seeds.expectFailure(
                "A node that " + name, known.by, known.seed, each -> StoreSimulationTests.run(each, mutant.get()));
        if (StoreMutants.hardships().containsKey(name)) {
            StoreSimulationTests.run(seed, StoreMutants.hardships().get(name).get())
                    .run();
        }
    }
}
