package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a server reads: until it has all that its client has seen, and everywhere before it forgets. */
class CartStoreTests {

    private static final CartId CART = Side.CART;
    private static final Clock NOBODY_HAS_IT = Clock.of(new Dot(new Actor("node-3", 1), 1));

    /** Entries by item, where format 1 has a list. */
    private static final String FORMAT_TWO_OF_ANOTHER_SHAPE = "a26165a165736f636b738101617602";

    private final MemoryStore near = new MemoryStore("node-1");
    private final MemoryStore far = new MemoryStore("node-2");
    private final Carts carts = new Carts(near, CartLimits.STANDARD, near.clocks(), Runnable::run);
    private final Carts farCarts = new Carts(far, CartLimits.STANDARD, far.clocks(), Runnable::run);

    @Test
    void whatItsClientHasSeenIsReadOnceWhereItIsThere() {
        Clock seen = add(carts, "apple");
        near.reads().clear();

        assertThat(remove("apple", seen)).isCompleted();
        assertThat(near.reads()).hasSize(1);
        assertThat(lines()).isZero();
    }

    @Test
    void anAddNeedsNoMoreReplicasToReadThanToWrite() {
        add(carts, "apple");
        carts.get(Side.CART).join();

        assertThat(near.reads()).extracting(ReadOptions::r).containsExactly(1, 2);
    }

    @Test
    void whatItsClientHasSeenElsewhereIsLookedForElsewhere() {
        add(carts, "pear");
        Clock seen = add(farCarts, "apple");
        near.reaches(far);
        near.reads().clear();

        assertThat(remove("apple", seen)).isCompleted();
        assertThat(near.reads()).hasSize(2);
        assertThat(near.reads().getLast().atLeast().covers(seen)).isTrue();
        near.meets(far);
        assertThat(lines()).as("the pear").isOne();
    }

    @Test
    void whatCannotBeReadCannotBeTakenOut() {
        add(carts, "apple");

        assertThat(problemOf(remove("apple", NOBODY_HAS_IT))).isInstanceOf(CartProblem.ContextNotCovered.class);
        assertThat(lines()).isOne();
    }

    @Test
    void anAddIsDoneEvenIfWhatAnotherWaitingClientHasSeenCannotBeRead() {
        CompletableFuture<?> held = near.hold();
        add(carts, "apple");
        CompletableFuture<?> refused = remove("apple", NOBODY_HAS_IT);
        CompletableFuture<?> done = carts.apply(CART, addition("pear"), new Shown.Whole(), null);
        held.complete(null);

        assertThat(problemOf(refused)).isInstanceOf(CartProblem.ContextNotCovered.class);
        assertThat(done).isCompleted();
        assertThat(lines()).isEqualTo(2);
    }

    @Test
    void soIsARemoveOfWhatCanBeRead() {
        Clock seen = add(farCarts, "apple");
        near.reaches(far);
        CompletableFuture<?> held = near.hold();
        add(carts, "pear");
        CompletableFuture<?> done = remove("apple", seen);
        CompletableFuture<?> refused = remove("pear", NOBODY_HAS_IT);
        held.complete(null);

        assertThat(done).isCompleted();
        assertThat(problemOf(refused)).isInstanceOf(CartProblem.ContextNotCovered.class);
    }

    @Test
    void anAddWaitsForNoReadThatOnlyAnotherNeeds() {
        CompletableFuture<?> others = near.holdOthers();
        CompletableFuture<?> held = near.hold();
        add(carts, "apple");
        CompletableFuture<?> waits = remove("apple", NOBODY_HAS_IT);
        CompletableFuture<?> done = carts.apply(CART, addition("plum"), new Shown.Whole(), null);
        CompletableFuture<?> doneToo = carts.apply(CART, addition("pear"), new Shown.Whole(), null);
        held.complete(null);

        assertThat(done).isCompleted();
        assertThat(doneToo).isCompleted();
        assertThat(waits).isNotDone();
        others.completeExceptionally(new StoreException.TooFewReplicas("no answer", 1, List.of()));
        assertThat(problemOf(waits)).isInstanceOf(StoreException.TooFewReplicas.class);
        assertThat(lines()).isEqualTo(3);
    }

    /** docs/operations.md, "How a later release changes a format". */
    @ParameterizedTest
    @ValueSource(strings = {"a1617602", FORMAT_TWO_OF_ANOTHER_SHAPE})
    void aCartOfALaterFormatIsNeitherReadNorWritten(String bytes) {
        put(CART, bytes);
        Versions before = near.versions(CART);

        for (CompletableFuture<?> refused : List.of(
                carts.get(CART),
                carts.explain(CART, new ObservedRemove()),
                carts.apply(CART, addition("apple"), new Shown.Whole(), null),
                remove("apple", null))) {
            assertThat(CartStore.rootOf(problemOf(refused))).isInstanceOf(CartProblem.OfLaterRelease.class);
        }
        assertThat(near.versions(CART)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1617602", FORMAT_TWO_OF_ANOTHER_SHAPE})
    void norIsAGuestsTakenIntoACustomers(String bytes) {
        CartId guest = new CartId("guest:1");
        put(guest, bytes);
        Versions before = near.versions(guest);

        CompletableFuture<?> merge = carts.mergeGuest(CART, guest, OperationId.of(CART, "merge"), true, null);

        assertThat(CartStore.rootOf(problemOf(merge))).isInstanceOf(CartProblem.OfLaterRelease.class);
        assertThat(near.versions(guest)).isEqualTo(before);
        assertThat(near.versions(CART)).isEqualTo(Versions.none());
    }

    private void put(CartId cart, String bytes) {
        near.put(
                        cart.key(),
                        near.get(cart.key()).join().context(),
                        Value.of(HexFormat.of().parseHex(bytes)))
                .join();
    }

    @Test
    void beforeItForgetsAServerAsksEveryReplica() {
        forgettable();
        near.reaches(far);

        add(carts, "pear");
        assertThat(near.reads()).extracting(ReadOptions::everyReplica).containsExactly(false, true);
        assertThat(remembered()).isZero();
    }

    @Test
    void aReplicaThatIsBehindKeepsTheOthersFromForgetting() {
        forgettable();
        near.reaches(far, new MemoryStore("node-3"));

        add(carts, "pear");
        assertThat(remembered()).isEqualTo(2);
        add(carts, "plum");
        assertThat(remembered()).isEqualTo(2);
    }

    @Test
    void whereThatWasInVainNobodyElseIsAskedForAWhile() {
        forgettable();
        near.reaches(far, new MemoryStore("node-3"));

        add(carts, "pear");
        add(carts, "plum");
        near.passes(Agreement.PAUSE);
        add(carts, "fig");
        assertThat(near.reads()).extracting(ReadOptions::everyReplica).containsExactly(false, true, false, false, true);
    }

    /** Else it would take nothing though the time is over, and say that only time makes room. */
    @Test
    void butAFullCartAsksEachTime() {
        CartLimits usual = CartLimits.STANDARD;
        Carts small = new Carts(
                near,
                new CartLimits(10, 1_000, 2, 500, usual.retryWindow(), usual.guestLife()),
                near.clocks(),
                Runnable::run);
        forgettable();
        near.reaches(far, new MemoryStore("node-3"));
        assertThat(problemOf(small.apply(CART, addition("pear"), new Shown.Whole(), null)))
                .isInstanceOf(CartProblem.LimitExceeded.class);

        near.reaches(far);
        assertThat(small.apply(CART, addition("plum"), new Shown.Whole(), null)).isCompleted();
    }

    @Test
    void whereItWasNotTheyAreAskedAboutTheNextCartAtOnce() {
        CartId other = new CartId("other");
        OperationId remove = OperationId.of(other, "remove");
        assertThat(carts.apply(other, addition("apple"), new Shown.Whole(), null))
                .isCompleted();
        assertThat(carts.apply(
                        other, new Operation.Remove(remove, new ItemId("apple"), null, true), new Shown.Whole(), null))
                .isCompleted();
        forgettable();
        near.reaches(far);

        add(carts, "pear");
        assertThat(carts.apply(other, addition("pear"), new Shown.Whole(), null))
                .isCompleted();
        assertThat(near.reads()).extracting(ReadOptions::everyReplica).containsExactly(false, true, false, true);
    }

    @Test
    void norAreTheyWhereItMayBeOnlyByTheFastestClock() {
        forgettable();
        near.reaches(far);
        Clocks behind = new Clocks(
                () -> near.clocks().wall().instant().minusSeconds(1),
                near.clocks().nanos());

        add(new Carts(near, CartLimits.STANDARD, behind, Runnable::run), "pear");
        assertThat(near.reads()).extracting(ReadOptions::everyReplica).containsExactly(false);
    }

    @Test
    void whereNothingMayBeForgottenYetNobodyElseIsAsked() {
        forgettable();
        near.passes(Duration.ofHours(-1));

        add(carts, "pear");
        assertThat(near.reads()).extracting(ReadOptions::everyReplica).containsExactly(false);
        assertThat(remembered()).isEqualTo(2);
    }

    /** Both nodes remember an add and its remove of a day ago. */
    private void forgettable() {
        add(carts, "apple");
        assertThat(remove("apple", null)).isCompleted();
        near.meets(far);
        near.passes(Duration.ofHours(24));
        near.reads().clear();
    }

    private Clock add(Carts some, String item) {
        return some.apply(CART, addition(item), new Shown.Whole(), null)
                .thenApply(shown -> shown.context().clock())
                .getNow(Clock.empty());
    }

    private CompletableFuture<CartSnapshot> remove(String item, @Nullable Clock seen) {
        OperationId id = OperationId.of(CART, "remove " + item);
        return carts.apply(CART, new Operation.Remove(id, new ItemId(item), seen, true), new Shown.Whole(), null);
    }

    private int lines() {
        return carts.get(CART).join().state().lines().size();
    }

    private int remembered() {
        return carts.get(CART).join().state().remembered().size();
    }

    private static Operation addition(String item) {
        return new Operation.Add(OperationId.of(CART, "add " + item), new ItemId(item), 1, 100);
    }

    private static Throwable problemOf(CompletableFuture<?> failed) {
        return failed.handle((_, problem) -> problem).join();
    }
}
