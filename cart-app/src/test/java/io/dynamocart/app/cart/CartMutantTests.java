package io.dynamocart.app.cart;

import io.dynamocart.app.cart.CartRules.Backing;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Mutation;
import io.dynamocart.store.simulation.Seeds;
import io.dynamocart.store.simulation.SimulationRun;
import io.dynamocart.store.version.Truncation;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The simulation notices a broken cart: each mutant must fail within 200 seeds. */
@Execution(ExecutionMode.CONCURRENT)
class CartMutantTests {

    /**
     * A cart broken in one way.
     *
     * @param by which check must catch it, by what this says
     * @param seed that did when it was last looked for, tried first
     */
    private record Mutant(String name, String by, long seed, CartRules rules, Truncation truncation) {

        static Mutant of(String name, String by, long seed, CartRules rules) {
            return new Mutant(name, by, seed, rules, Truncation.off());
        }

        static Mutant merging(String name, String by, long seed, MergeStrategy strategy) {
            return of(
                    name, by, seed, CartRules.real().withCarts(backing -> carts(backing, strategy, Entry::copiedFrom)));
        }
    }

    /** Those that only a rare history gives away are in {@link CartHistoryMutantTests}. */
    private static Stream<Mutant> mutants() {
        return Stream.of(
                Mutant.merging("brings removed lines back, as the paper's union does", "(D30)", 26, new PaperUnion()),
                Mutant.merging(
                        "throws concurrent adds away, as last-writer-wins does", "(D29)", 3, new LastWriterWins()),
                Mutant.merging(
                        "takes an entry for removed by whoever does not hold it", "(D29)", 3, new ObservedRemove() {
                            @Override
                            boolean hasSeen(CartVersion version, Entry entry) {
                                return true;
                            }
                        }),
                new Mutant("truncates clocks", "(D30)", 2, CartRules.real(), new Truncation(2)),
                Mutant.of(
                        "knows an operation by its key alone, in whichever cart",
                        "(D31)",
                        5,
                        new CartRules(
                                backing -> carts(backing, new ObservedRemove(), CartMutantTests::underTheSameIdentity),
                                (cart, key) -> OperationId.of(new CartId("any"), key),
                                (id, guest) -> id)));
    }

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return mutants()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name,
                        () -> Seeds.expectFailure(
                                "A cart that " + mutant.name, mutant.by, mutant.seed, seed -> run(seed, mutant))));
    }

    private static SimulationRun run(long seed, Mutant mutant) {
        ClusterOptions shape = CartSimulationTests.shape(seed).withTruncation(mutant.truncation);
        return new SimulationRun(
                seed, shape, Mutation.none(), (cluster, tally) -> new CartWorkload(cluster, tally, mutant.rules));
    }

    private static Carts carts(Backing backing, MergeStrategy strategy, BiFunction<Entry, CartId, Entry> copier) {
        return new Carts(backing.store(), strategy, copier, CartRules.LIMITS, backing.clocks(), Runnable::run);
    }

    private static Entry underTheSameIdentity(Entry entry, CartId guest) {
        return new Entry(
                entry.operation(),
                entry.item(),
                List.of(),
                entry.effect(),
                entry.quantity(),
                entry.unitPrice(),
                entry.pricedAt(),
                entry.outdated(),
                true);
    }
}
