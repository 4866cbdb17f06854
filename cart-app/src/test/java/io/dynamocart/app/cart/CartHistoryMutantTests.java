package io.dynamocart.app.cart;

import io.dynamocart.app.cart.ModelRules.Agreement;
import io.dynamocart.app.cart.ModelRules.Contexts;
import io.dynamocart.app.cart.Operation.Absorb;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.simulation.Tally;
import io.dynamocart.store.version.Truncation;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@link CartHistoryTests} notices a broken cart: with each mutant some history must go wrong. */
@Execution(ExecutionMode.CONCURRENT)
class CartHistoryMutantTests {

    private static final int MOST_HISTORIES = 3_000;
    private static final SortedSet<OperationId> NONE = Collections.emptySortedSet();
    private static final CartId AGAIN = new CartId("again");

    @TestFactory
    Stream<DynamicTest> isCaught() {
        ModelRules real = ModelRules.real();
        return Stream.of(
                mutant("brings removed lines back, as the paper's union does", real.withStrategy(new PaperUnion())),
                mutant(
                        "throws concurrent adds away, as last-writer-wins does",
                        real.withStrategy(new LastWriterWins())),
                mutant("takes an entry for removed by whoever does not hold it", real.withStrategy(new HeldByAll())),
                mutant("forgets the identities of removed entries", real.withStrategy(new ForgetsTheRemoved())),
                mutant("keeps one birth of several", real.withStrategy(new KeepsOneBirth())),
                mutant(
                        "joins what its client has seen into the past",
                        real.withContexts(Contexts.JOINED_WITH_THE_CLIENTS)),
                mutant(
                        "claims to have merged what it read some other time",
                        real.withContexts(Contexts.JOINED_WITH_ALL_IT_EVER_READ)),
                mutant("truncates clocks", real.withTruncation(new Truncation(2))),
                mutant("knows an operation by its key alone, in whichever cart", real.withOneIdentityInAllCarts()),
                mutant(
                        "leaves to the customer what the guest has taken out after half a login",
                        real.withWithdrawn((_, _) -> Stream.empty())),
                mutant(
                        "takes from the customer what a login has taken from the guest",
                        real.withWithdrawn((state, guest) -> state.remembered().values().stream()
                                .filter(remembered -> remembered.item() != null)
                                .map(remembered -> remembered.operation().copiedFrom(guest)))),
                mutant(
                        "takes a login for ended whose key it knows",
                        real.withRepeatedLogins(login -> new Absorb(login.id(), List.of(), NONE, true))),
                mutant(
                        "logs in again whenever a login is repeated",
                        real.withRepeatedLogins(login ->
                                new Absorb(login.id().copiedFrom(AGAIN), login.copies(), login.withdrawn(), true))),
                mutant("adds nothing up that a guest sets between two logins", real.withOneRegisterForAllLogins()),
                mutant(
                        "names what is left in the cart by the context of an order",
                        real.tellingAllOfTheCartTo(Shown.OrderOnly.class::isInstance)),
                mutant(
                        "names the whole cart by the context of a line",
                        real.tellingAllOfTheCartTo(Shown.OneLine.class::isInstance)),
                mutant("forgets without asking anybody", real.withAgreement(Agreement.NONE)),
                mutant("forgets while a hint is open", real.withAgreement(Agreement.OF_HOME_REPLICAS)));
    }

    private static DynamicTest mutant(String name, ModelRules rules) {
        return DynamicTest.dynamicTest(name, () -> {
            String caught = LongStream.rangeClosed(1, MOST_HISTORIES)
                    .mapToObj(seed -> outcome(seed, rules))
                    .filter(outcome -> !outcome.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no history goes wrong with a cart that " + name));
            System.out.printf("A cart that %s: %s%n", name, caught);
        });
    }

    /** What goes wrong, if anything does. */
    private static String outcome(long seed, ModelRules rules) {
        try {
            new CartHistory(
                            new SeededRandom(seed),
                            rules,
                            (cart, sight) -> sight.mustBeExact(cart.exact()),
                            new Tally())
                    .run();
            return "";
        } catch (AssertionError caught) {
            String message = String.valueOf(caught.getMessage()).strip();
            return "caught by seed %d, %s".formatted(seed, message.replaceAll("\\s+", " "));
        }
    }

    private static final class HeldByAll extends ObservedRemove {
        @Override
        boolean hasSeen(CartVersion version, Entry entry) {
            return true;
        }
    }

    private static final class ForgetsTheRemoved extends ObservedRemove {
        @Override
        boolean remembersAsUndone(CartVersion version, Entry entry) {
            return false;
        }
    }

    private static final class KeepsOneBirth implements MergeStrategy {
        private final MergeStrategy real = new ObservedRemove();

        @Override
        public Merge merge(List<CartVersion> versions) {
            Merge merge = real.merge(versions);
            SortedMap<OperationId, Entry> entries = new TreeMap<>();
            merge.state().entries().forEach((id, entry) -> entries.put(id, oneBirth(entry)));
            CartState state = merge.state();
            return new Merge(
                    new CartState(entries, state.remembered(), state.orders(), state.unknown()), merge.fates());
        }

        @Override
        public String name() {
            return "one birth";
        }

        private static Entry oneBirth(Entry entry) {
            return new Entry(
                    entry.operation(),
                    entry.item(),
                    List.of(entry.births().getFirst()),
                    entry.effect(),
                    entry.quantity(),
                    entry.unitPrice(),
                    entry.pricedAt(),
                    entry.outdated(),
                    entry.copied());
        }
    }
}
