package io.dynamocart.app.cart;

import io.dynamocart.app.cart.CartRules.Backing;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.ForwardingStore;
import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.simulation.ClusterOptions;
import io.dynamocart.store.simulation.Mutation;
import io.dynamocart.store.simulation.Seeds;
import io.dynamocart.store.simulation.SimulationRun;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Truncation;
import io.dynamocart.store.version.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The simulation notices a broken cart: each mutant must fail within 200 seeds. */
@Execution(ExecutionMode.CONCURRENT)
class CartMutantTests {

    /** A cart broken in one way. */
    private record Mutant(String name, CartRules rules, Truncation truncation, long knownToCatch) {

        static Mutant of(String name, CartRules rules) {
            return new Mutant(name, rules, Truncation.off(), 1);
        }

        /** The seed to try first. */
        Mutant caughtBy(long seed) {
            return new Mutant(name, rules, truncation, seed);
        }

        static Mutant merging(String name, MergeStrategy strategy) {
            return of(name, CartRules.real().withCarts(backing -> new BrokenCarts(backing, strategy)));
        }
    }

    /** Those that only a rare history gives away are in {@link CartHistoryMutantTests}. */
    private static Stream<Mutant> mutants() {
        return Stream.of(
                Mutant.merging("brings removed lines back, as the paper's union does", new PaperUnion()),
                Mutant.merging("throws concurrent adds away, as last-writer-wins does", new LastWriterWins()),
                Mutant.merging("takes an entry for removed by whoever does not hold it", new ObservedRemove() {
                    @Override
                    boolean hasSeen(CartVersion version, Entry entry) {
                        return true;
                    }
                }),
                Mutant.of(
                                "claims to have merged what it read some other time",
                                CartRules.real()
                                        .withCarts(backing -> CartRules.realCarts(
                                                new Backing(new OverclaimingStore(backing.store()), backing.node()))))
                        .caughtBy(42),
                new Mutant("truncates clocks", CartRules.real(), new Truncation(2), 1),
                Mutant.of(
                        "knows an operation by its key alone, in whichever cart",
                        new CartRules(
                                SameIdentityCarts::new,
                                (cart, key) -> OperationId.of(new CartId("any"), key),
                                (id, guest) -> id)));
    }

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return mutants()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name,
                        () -> Seeds.expectFailure(
                                "A cart that " + mutant.name, mutant.knownToCatch, seed -> run(seed, mutant))));
    }

    private static SimulationRun run(long seed, Mutant mutant) {
        ClusterOptions shape = CartSimulationTests.shape(seed).withTruncation(mutant.truncation);
        return new SimulationRun(
                seed, shape, Mutation.none(), (cluster, tally) -> new CartWorkload(cluster, tally, mutant.rules));
    }

    private static class BrokenCarts extends Carts {
        BrokenCarts(Backing backing, MergeStrategy strategy) {
            super(backing.store(), strategy, CartRules.LIMITS, backing.clocks(), Runnable::run);
        }
    }

    private static final class SameIdentityCarts extends BrokenCarts {
        SameIdentityCarts(Backing backing) {
            super(backing, new ObservedRemove());
        }

        @Override
        Entry copyOf(Entry entry, CartId guest) {
            return new Entry(
                    entry.operation(),
                    entry.item(),
                    List.of(),
                    entry.register(),
                    entry.quantity(),
                    entry.unitPrice(),
                    entry.pricedAt(),
                    entry.outdated(),
                    true);
        }
    }

    /** Writes with the join of all contexts that it ever gave out for a key. */
    private static final class OverclaimingStore extends ForwardingStore {
        private final Map<Key, Clock> given = new HashMap<>();

        OverclaimingStore(DynamoStore store) {
            super(store);
        }

        @Override
        public CompletableFuture<GetResult> get(Key key, ReadOptions options) {
            return super.get(key, options).thenApply(found -> {
                given.merge(key, found.context().clock(), Clock::join);
                return found;
            });
        }

        @Override
        public CompletableFuture<PutResult> put(Key key, Context context, Value value, WriteOptions options) {
            Clock claimed = context.past().join(given.getOrDefault(key, Clock.empty()));
            return super.put(key, new Context(key, context.heads(), claimed, context.coordinator()), value, options);
        }
    }
}
