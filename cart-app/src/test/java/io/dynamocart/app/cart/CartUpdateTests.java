package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of a request, and in which order (docs/api.md, "Headers" and "Errors"). */
class CartUpdateTests {

    private static final CartId CART = Side.CART;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final CartLimits LIMITS = new CartLimits(2, 10, 6, 100, Duration.ofHours(24), Duration.ofDays(31));
    private static final Dot SEEN = new Dot(new Actor("node-1", 1), 1);
    private static final Clock UNREAD = Clock.of(new Dot(new Actor("node-2", 1), 1));
    private static final Entry PEAR =
            Entry.adding(id("pear", "add"), new ItemId("pear"), 2, 100, NOW).copiedFrom(new CartId("guest"));
    private static final List<String> ANOTHER_TAG = List.of("another cart's tag");

    private final CartState empty = CartState.empty();

    @Test
    void aReplayIsAnsweredBeforeAnythingIsAskedOfIt() {
        CartState full = apply(add("key", 10), empty);
        CartState removed = apply(remove("remove", null), full);

        assertThat(update().apply(add("key", 10), ANOTHER_TAG, full)).isEqualTo(full);
        assertThat(update().apply(add("key", 10), ANOTHER_TAG, removed)).isEqualTo(removed);
        assertThat(update().apply(remove("remove", UNREAD), ANOTHER_TAG, removed))
                .isEqualTo(removed);
    }

    @Test
    void ofALoginThatIsHalfDoneTheRestIsDoneAndNothingAskedOfIt() {
        CartState half = apply(absorb(List.of(PEAR), List.of()), empty);
        CartState ended = update().apply(absorb(List.of(), List.of(PEAR)), ANOTHER_TAG, half);

        assertThat(half.lines()).hasSize(1);
        assertThat(ended.lines()).isEmpty();
        assertThat(update().apply(absorb(List.of(PEAR), List.of()), ANOTHER_TAG, ended))
                .isEqualTo(ended);
    }

    @Test
    void aKeyThatIsKnownForAnotherRequestIsRefusedBeforeItsContextIsLookedAt() {
        CartState added = apply(add("key", 1), empty);
        Operation misuse = new Operation.Remove(id("key", "remove"), new ItemId("apple"), UNREAD, true);

        assertThatThrownBy(() -> apply(misuse, added)).isInstanceOf(CartProblem.KeyReused.class);
    }

    @Test
    void theKeyOfWhatWasRemovedIsStillKnownForItsRequest() {
        CartState removed = apply(remove("remove", null), apply(add("key", 1), empty));
        Operation misuse = new Operation.Add(id("key", "add 2"), new ItemId("apple"), 2, 100);

        assertThatThrownBy(() -> apply(misuse, removed)).isInstanceOf(CartProblem.KeyReused.class);
    }

    @Test
    void whatItsClientHasSeenAndNobodyCouldReadIsAskedForBeforeIfMatch() {
        assertThatThrownBy(() -> update().apply(remove("key", UNREAD), ANOTHER_TAG, empty))
                .isInstanceOf(CartProblem.ContextNotCovered.class);
    }

    @Test
    void ifMatchIsLookedAtBeforeTheLimits() {
        assertThatThrownBy(() -> update().apply(add("key", 11), ANOTHER_TAG, empty))
                .isInstanceOf(CartProblem.Changed.class);
        assertThatThrownBy(() -> update().apply(add("key", 11), List.of(CartSnapshot.tagOf(empty)), empty))
                .isInstanceOf(CartProblem.LimitExceeded.class);
    }

    @Test
    void ifMatchIsAboutTheCartThatEarlierOperationsOfTheUpdateHaveLeft() {
        CartState before = apply(add("key 1", 1), empty);

        assertThatThrownBy(() -> update().apply(add("key 2", 1), List.of(CartSnapshot.tagOf(empty)), before))
                .isInstanceOf(CartProblem.Changed.class);
    }

    @Test
    void aRemoveTakesOnlyWhatItsClientHasSeen() {
        CartState seen = apply(add("seen", 1), empty).foundIn(SEEN);
        CartState both = apply(add("unseen", 2), seen).foundIn(new Dot(SEEN.actor(), 2));

        assertThat(apply(remove("remove", Clock.of(SEEN)), both).line(new ItemId("apple")))
                .hasValueSatisfying(line -> assertThat(line.quantity()).isEqualTo(2));
    }

    @Test
    void aCheckoutOfNothingThatItsClientHasSeenIsRefused() {
        CartState unseen = apply(add("unseen", 2), empty).foundIn(new Dot(SEEN.actor(), 2));
        Operation checkout = new Operation.Checkout(id("checkout", "checkout"), Clock.of(SEEN));

        assertThatThrownBy(() -> apply(checkout, unseen)).isInstanceOf(CartProblem.NothingToCheckOut.class);
    }

    private static CartState apply(Operation operation, CartState before) {
        return update().apply(operation, null, before);
    }

    private static CartUpdate update() {
        Context context = new Context(CART.key(), Clock.of(SEEN), Clock.empty(), null);
        GetResult found = new GetResult(Versions.none(), context, 2, 0, 2, false, NOW, NOW);
        return new CartUpdate(new CartRead(CART, found, CartState.empty()), LIMITS, NOW);
    }

    private static Operation add(String key, int quantity) {
        return new Operation.Add(id(key, "add"), new ItemId("apple"), quantity, 100);
    }

    private static Operation remove(String key, @Nullable Clock seen) {
        return new Operation.Remove(id(key, "remove"), new ItemId("apple"), seen, true);
    }

    private static Operation absorb(List<Entry> copies, List<Entry> withdrawn) {
        List<OperationId> takenOut = withdrawn.stream().map(Entry::operation).toList();
        return new Operation.Absorb(id("login", "merge"), copies, new TreeSet<>(takenOut), true);
    }

    private static OperationId id(String key, String request) {
        return OperationId.of(CART, key, request);
    }
}
