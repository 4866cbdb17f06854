package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.StoreException;
import io.dynamocart.store.version.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations on one cart at one node: those that wait go as one write. */
class CartWriterTests {

    private static final CartId CART = Side.CART;
    private static final Shown.OneLine APPLE = new Shown.OneLine(new ItemId("apple"), null);
    private static final ItemId PEAR = new ItemId("pear");
    private static final CartLimits LIMITS =
            new CartLimits(10, 1_000, 1_000, 500, Duration.ofHours(24), Duration.ofDays(31));

    private final MemoryStore store = new MemoryStore("node-1");
    private final Carts carts = new Carts(store, LIMITS, store.clocks(), Runnable::run);

    @Test
    void operationsThatWaitGoAsOneWrite() {
        CompletableFuture<?> held = store.hold();
        List<CompletableFuture<CartSnapshot>> adds =
                IntStream.rangeClosed(1, 5).mapToObj(i -> adding("key " + i, i)).toList();
        held.complete(null);

        assertThat(store.writes())
                .as("the first, then all that had come by then")
                .isEqualTo(2);
        assertThat(adds).allMatch(CompletableFuture::isDone);
        assertThat(apples()).isEqualTo(1 + 2 + 3 + 4 + 5);
    }

    @Test
    void allThatGoAsOneWriteAreShownWhatItWrote() {
        CompletableFuture<?> held = store.hold();
        add("first", 1);
        CompletableFuture<CartSnapshot> second = adding("second", 2);
        CompletableFuture<CartSnapshot> third = adding("third", 3);
        held.complete(null);

        assertThat(second.join()).isEqualTo(third.join());
        assertThat(second.join().state()).isEqualTo(carts.get(CART).join().state());
        assertThat(second.join().context().clock())
                .isEqualTo(carts.get(CART).join().context().clock());
    }

    @Test
    void whoIsShownOneLineHasNotSeenAnotherThatCameAtTheSameTime() {
        CompletableFuture<?> held = store.hold();
        add("first", 1);
        CompletableFuture<CartSnapshot> apple = adding("apple", 2);
        CompletableFuture<?> _ = addingPears();
        held.complete(null);

        Clock seen = apple.join().contextFor(APPLE).clock();
        assertThat(itemsAfterClearing(seen)).containsExactly(PEAR);
    }

    @Test
    void norHasWhoIsShownThatALineIsGone() {
        add("first", 1);
        CompletableFuture<?> held = store.hold();
        add("second", 2);
        CompletableFuture<CartSnapshot> none = removing("set to 0", APPLE);
        CompletableFuture<?> _ = addingPears();
        held.complete(null);

        Clock seen = none.join().contextFor(APPLE).clock();
        assertThat(itemsAfterClearing(seen)).containsExactly(PEAR);
    }

    @Test
    void whoIsShownAnOrderHasNotSeenWhatIsLeftInTheCart() {
        CompletableFuture<?> held = store.hold();
        add("first", 1);
        CompletableFuture<CartSnapshot> order = checkingOut("checkout", null);
        CompletableFuture<?> _ = addingPears();
        held.complete(null);

        Clock seen = order.join().contextFor(new Shown.OrderOnly(null)).clock();
        assertThat(itemsAfterClearing(seen)).containsExactly(PEAR);
    }

    @Test
    void whoHasCheckedOutDoesNotOrderTheSameAgainWhereThatIsNotKnownYet() {
        MemoryStore behind = new MemoryStore("node-2");
        Carts cartsBehind = new Carts(behind, LIMITS, behind.clocks(), Runnable::run);
        Clock seen = adding("key", 2).join().contextFor(new Shown.Whole()).clock();
        store.meets(behind);
        Clock asked = checkingOut("checkout", seen)
                .join()
                .contextFor(new Shown.OrderOnly(seen))
                .clock();
        Clock askedAgain = checkingOut("checkout", seen)
                .join()
                .contextFor(new Shown.OrderOnly(seen))
                .clock();

        assertThat(askedAgain).as("by whom the first answer did not reach").isEqualTo(asked);
        Operation another = new Operation.Checkout(OperationId.of(CART, "another"), asked);
        assertThat(problemOf(cartsBehind.apply(CART, another, new Shown.Whole(), null)))
                .isInstanceOf(CartProblem.ContextNotCovered.class);
    }

    @Test
    void noMoreThan200GoAsOneWrite() {
        CompletableFuture<?> held = store.hold();
        IntStream.rangeClosed(1, 402).forEach(i -> add("key " + i, 1));
        held.complete(null);

        assertThat(store.writes()).isEqualTo(1 + 3);
        assertThat(apples()).isEqualTo(402);
    }

    @Test
    void operationsAreDoneInTheOrderInWhichTheyCame() {
        CompletableFuture<?> held = store.hold();
        add("first", 1);
        add("second", 2);
        remove("third");
        add("fourth", 4);
        held.complete(null);

        assertThat(apples()).isEqualTo(4);
    }

    @Test
    void oneThatIsRefusedDoesNotStopTheOthers() {
        CompletableFuture<?> held = store.hold();
        add("first", 1);
        CompletableFuture<CartSnapshot> tooMuch = adding("second", 1_000);
        CompletableFuture<CartSnapshot> enough = adding("third", 3);
        held.complete(null);

        assertThat(problemOf(tooMuch)).isInstanceOf(CartProblem.LimitExceeded.class);
        assertThat(enough).isCompleted();
        assertThat(apples()).isEqualTo(4);
    }

    @Test
    void aWriteThatIsNotAcknowledgedFailsAllThatWentWithItAndNoneThatComesLater() {
        CompletableFuture<?> held = store.hold();
        store.losesAnswersAbout(CART);
        CompletableFuture<CartSnapshot> first = adding("first", 1);
        CompletableFuture<CartSnapshot> second = adding("second", 2);
        held.complete(null);
        store.losesNoAnswers();

        assertThat(problemOf(first)).isInstanceOf(StoreException.OutcomeUnknown.class);
        assertThat(problemOf(second)).isInstanceOf(StoreException.OutcomeUnknown.class);
        assertThat(adding("third", 3)).isCompleted();
    }

    @Test
    void whatWasNotAcknowledgedIsNotDoneAgainWhenItIsRepeated() {
        store.losesAnswersAbout(CART);
        assertThat(problemOf(adding("key", 2))).isInstanceOf(StoreException.OutcomeUnknown.class);
        store.losesNoAnswers();

        assertThat(adding("key", 2)).isCompleted();
        assertThat(apples()).isEqualTo(2);
    }

    @Test
    void whereNothingChangesNothingIsWritten() {
        add("key", 2);

        assertThat(adding("key", 2)).isCompletedWithValueMatching(shown -> shown.written() == null);
        assertThat(store.writes()).isEqualTo(1);
    }

    /** Simulated carts, seed 20205: the first try was on one disk, the retry was confirmed, and the disk was lost. */
    @Test
    void whatIsDoneAlreadyIsWrittenAgainIfFewerNodesHaveItThanAWriteNeeds() {
        add("key", 2);
        store.needs(2);

        assertThat(adding("key", 2)).isCompletedWithValueMatching(shown -> shown.written() != null);
        assertThat(store.writes()).isEqualTo(2);
        assertThat(apples()).isEqualTo(2);
    }

    @Test
    void whoRepeatsACheckoutSoLateThatOthersForgetItIsStillShownItsOrder() {
        OperationId checkout = OperationId.of(CART, "checkout");
        add("key", 2);
        checkingOut("checkout", null).join();
        store.passes(LIMITS.retryWindow().plusHours(1));

        CompletableFuture<?> held = store.hold();
        add("key", 2);
        CompletableFuture<CartSnapshot> repeated = checkingOut("checkout", null);
        CompletableFuture<CartSnapshot> removed = removing("another", new Shown.Whole());
        held.complete(null);

        assertThat(repeated.join().state().orderOf(checkout)).isPresent();
        assertThat(removed.join().state()).isEqualTo(repeated.join().state());
        assertThat(adding("one more", 1).join().state().orderOf(checkout))
                .as("forgotten by the next write")
                .isEmpty();
    }

    @Test
    void whereAllIsRefusedNothingIsWrittenWhoeverHasIt() {
        store.needs(2);

        assertThat(problemOf(adding("key", 1_000_000))).isInstanceOf(CartProblem.class);
        assertThat(store.writes()).isZero();
    }

    @Test
    void ofACartThatWasNeverWrittenThereIsNothingToWriteAgain() {
        store.needs(2);
        Operation clear = new Operation.Clear(OperationId.of(CART, "clear"), null, false);

        assertThat(carts.apply(CART, clear, new Shown.Whole(), null))
                .isCompletedWithValueMatching(shown -> shown.written() == null);
        assertThat(store.writes()).isZero();
    }

    /** Only a write forgets, and one that is refused writes nothing. */
    @Test
    void aFullCartHasRoomAgainForWhatIsAddedOnceTheTimeIsOverThatItRemembersWhatWasTakenOut() {
        Carts small = new Carts(
                store,
                new CartLimits(10, 1_000, 2, 500, LIMITS.retryWindow(), LIMITS.guestLife()),
                store.clocks(),
                Runnable::run);
        small.apply(CART, addition("first", 1), APPLE, null).join();
        small.apply(CART, new Operation.Clear(OperationId.of(CART, "clear"), null, true), new Shown.Whole(), null)
                .join();
        assertThat(problemOf(small.apply(CART, addition("too early", 1), APPLE, null)))
                .isInstanceOf(CartProblem.LimitExceeded.class)
                .hasMessageEndingWith("after 24 hours, those of merges after 31 days");

        store.passes(LIMITS.retryWindow());
        assertThat(small.apply(CART, addition("late enough", 1), APPLE, null)).isCompleted();
    }

    @Test
    void aWriteReplacesAllVersionsThatWereMergedForIt() {
        MemoryStore other = new MemoryStore("node-2");
        add("key 1", 1);
        new Carts(other, LIMITS, other.clocks(), Runnable::run)
                .apply(CART, addition("key 2", 2), new Shown.Whole(), null)
                .join();
        store.meets(other);
        assertThat(store.versions(CART).list()).hasSize(2);

        add("key 3", 3);
        assertThat(store.versions(CART).list()).hasSize(1);
        assertThat(apples()).isEqualTo(6);
    }

    @Test
    void whoeverComesWhenTooManyWaitIsRefused() {
        CompletableFuture<?> held = store.hold();
        IntStream.rangeClosed(0, LIMITS.waiting()).forEach(i -> add("key " + i, 1));
        CompletableFuture<CartSnapshot> oneMore = adding("one more", 1);

        assertThat(problemOf(oneMore)).isInstanceOf(CartProblem.TooBusy.class);
        held.complete(null);
        assertThat(apples()).isEqualTo(1 + LIMITS.waiting());
    }

    @Test
    void whoeverWaitsForLongerThanARequestMayTakeIsRefusedAndDelaysNobody() {
        CompletableFuture<?> held = store.hold();
        CompletableFuture<CartSnapshot> first = adding("first", 1);
        CompletableFuture<CartSnapshot> late = adding("late", 2);
        store.passes(store.writeOptions().timeout().plusMillis(1));
        CompletableFuture<CartSnapshot> last = adding("last", 3);
        held.complete(null);

        assertThat(problemOf(late)).isInstanceOf(CartProblem.TooBusy.class);
        assertThat(List.of(first, last)).allMatch(answer -> !answer.isCompletedExceptionally());
        assertThat(apples()).isEqualTo(1 + 3);
    }

    @Test
    void aStepOfTheWallClockTurnsNobodyAwayAndLetsNobodyWaitForLonger() {
        for (Duration step : List.of(Duration.ofDays(1), Duration.ofDays(-1))) {
            CompletableFuture<?> held = store.hold();
            add("first " + step, 1);
            CompletableFuture<CartSnapshot> inTime = adding("in time " + step, 2);
            store.wallClockJumps(step);
            held.complete(null);
            assertThat(inTime).as("%s", step).isCompleted();

            CompletableFuture<?> heldAgain = store.hold();
            add("second " + step, 1);
            CompletableFuture<CartSnapshot> late = adding("late " + step, 2);
            store.wallClockJumps(step);
            store.passes(store.writeOptions().timeout().plusMillis(1));
            heldAgain.complete(null);
            assertThat(problemOf(late)).as("%s", step).isInstanceOf(CartProblem.TooBusy.class);
        }
    }

    @Test
    void theStoresOwnThreadAnswersNobody() {
        for (boolean fails : List.of(false, true)) {
            Deque<Runnable> tasks = new ArrayDeque<>();
            Carts others = new Carts(store, LIMITS, store.clocks(), tasks::add);
            CompletableFuture<?> read = store.hold();
            CompletableFuture<?> answer = others.apply(CART, addition("key " + fails, 1), APPLE, null);
            read.complete(null);
            CompletableFuture<?> write = store.hold();
            tasks.remove().run();
            if (fails) {
                store.refusesWritesOf(CART);
            }

            write.complete(null);
            assertThat(answer).isNotDone();
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            assertThat(answer).isDone();
        }
    }

    @Test
    void whereThereIsNoThreadToWorkOnAllWhoWaitAreToldAndTheNextIsServed() {
        boolean[] full = {true};
        Carts others = new Carts(store, LIMITS, store.clocks(), task -> {
            if (full[0]) {
                throw new RejectedExecutionException("no thread");
            }
            task.run();
        });
        CompletableFuture<?> held = store.hold();
        CompletableFuture<?> first = others.apply(CART, addition("first", 1), APPLE, null);
        CompletableFuture<?> second = others.apply(CART, addition("second", 2), APPLE, null);
        held.complete(null);

        assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone);
        assertThat(problemOf(first)).isInstanceOf(RejectedExecutionException.class);
        assertThat(problemOf(second)).isInstanceOf(RejectedExecutionException.class);
        full[0] = false;
        assertThat(others.apply(CART, addition("third", 3), APPLE, null)).isCompleted();
    }

    @Test
    void whereSomethingThrowsBetweenTwoWritesAllWhoWaitAreToldAndTheNextIsServed() {
        boolean[] broken = {false};
        LongSupplier nanos = () -> {
            if (broken[0]) {
                throw new IllegalStateException("no clock");
            }
            return 0;
        };
        Carts others = new Carts(store, LIMITS, new Clocks(store.clocks().wall(), nanos), Runnable::run);
        CompletableFuture<?> held = store.hold();
        CompletableFuture<?> first = others.apply(CART, addition("first", 1), APPLE, null);
        CompletableFuture<?> second = others.apply(CART, addition("second", 2), APPLE, null);
        broken[0] = true;
        held.complete(null);

        assertThat(first).isCompleted();
        assertThat(second).isDone();
        assertThat(problemOf(second)).isInstanceOf(IllegalStateException.class).hasMessage("no clock");
        broken[0] = false;
        assertThat(others.apply(CART, addition("third", 3), APPLE, null)).isCompleted();
    }

    @Test
    void whereTheStoreThrowsAtOnceWhoAskedIsToldAndTheNextIsServed() {
        store.breaks();
        CompletableFuture<?> first = adding("first", 1);
        assertThat(first).isDone();
        assertThat(problemOf(first)).isInstanceOf(IllegalStateException.class);

        store.isMended();
        assertThat(adding("second", 2)).isCompleted();
    }

    private CompletableFuture<CartSnapshot> adding(String key, int quantity) {
        return carts.apply(CART, addition(key, quantity), APPLE, null);
    }

    private void add(String key, int quantity) {
        CompletableFuture<?> _ = adding(key, quantity);
    }

    private CompletableFuture<CartSnapshot> addingPears() {
        return carts.apply(
                CART,
                new Operation.Add(OperationId.of(CART, "pear"), PEAR, 3, 100),
                new Shown.OneLine(PEAR, null),
                null);
    }

    private void remove(String key) {
        CompletableFuture<?> _ = removing(key, new Shown.Whole());
    }

    private CompletableFuture<CartSnapshot> removing(String key, Shown shown) {
        Operation remove = new Operation.Remove(OperationId.of(CART, key), APPLE.item(), null, true);
        return carts.apply(CART, remove, shown, null);
    }

    private CompletableFuture<CartSnapshot> checkingOut(String key, @Nullable Clock seen) {
        Operation checkout = new Operation.Checkout(OperationId.of(CART, key), seen);
        return carts.apply(CART, checkout, new Shown.OrderOnly(seen), null);
    }

    private Stream<ItemId> itemsAfterClearing(Clock seen) {
        Operation clear = new Operation.Clear(OperationId.of(CART, "clear"), seen, true);
        return carts.apply(CART, clear, new Shown.Whole(), null).join().state().lines().stream()
                .map(Line::item);
    }

    private long apples() {
        return carts.get(CART)
                .join()
                .state()
                .line(new ItemId("apple"))
                .orElseThrow()
                .quantity();
    }

    private static Operation addition(String key, int quantity) {
        return new Operation.Add(OperationId.of(CART, key), new ItemId("apple"), quantity, 100);
    }

    private static Throwable problemOf(CompletableFuture<?> failed) {
        return failed.handle((_, problem) -> problem).join();
    }
}
