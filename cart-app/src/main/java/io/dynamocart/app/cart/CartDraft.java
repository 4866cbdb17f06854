package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Remembered.Retention;
import io.dynamocart.store.version.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A cart while an operation changes it. Not thread-safe. */
final class CartDraft {

    private final CartState before;
    private final SortedMap<OperationId, Entry> entries;
    private final SortedMap<OperationId, Remembered> remembered;
    private final SortedMap<String, Order> orders;
    private final Instant latestTime;

    /** @param latestTime by the clock in sight that is furthest ahead, with which what is remembered is stamped */
    CartDraft(CartState before, Instant latestTime) {
        this.before = before;
        this.entries = new TreeMap<>(before.entries());
        this.remembered = new TreeMap<>(before.remembered());
        this.orders = new TreeMap<>(before.orders());
        this.latestTime = latestTime;
    }

    /** Adds an entry to its line; from now on its price is the line's. */
    void add(Entry entry) {
        entries.replaceAll((_, other) -> other.item().equals(entry.item()) ? other.withOutdatedPrice() : other);
        entries.put(entry.operation(), entry);
    }

    /** Adds an entry and leaves the prices of its line as they are. */
    void copy(Entry entry) {
        entries.put(entry.operation(), entry);
    }

    /** Takes out the entries that match, remembers them, and returns them. */
    List<Entry> take(Predicate<Entry> which) {
        return take(which, entry -> entry.copied() ? Retention.WHILE_GUESTS_LIVE : Retention.WHILE_REPEATABLE);
    }

    private List<Entry> take(Predicate<Entry> which, Function<Entry, Retention> retention) {
        List<Entry> taken = entries.values().stream().filter(which).toList();
        for (Entry entry : taken) {
            entries.remove(entry.operation());
            remember(new Remembered(entry.operation(), entry.item(), retention.apply(entry), latestTime));
        }
        return taken;
    }

    /** Whether the cart knew another operation before this one. */
    boolean knew(OperationId operation) {
        return before.knows(operation);
    }

    /** Remembers an operation that has no entry. */
    void remember(OperationId operation, @Nullable ItemId item) {
        remember(new Remembered(operation, item, Retention.WHILE_REPEATABLE, latestTime));
    }

    /**
     * Takes out what was copied into another cart. What is done again there is no news for that cart, so it has to be none
     * here for as long. If anything was taken, that begins a new {@link #register}, and the releases known so far are over:
     * no register depends on them any more, and to forget them changes none.
     */
    void release(CartId cart, Set<OperationId> copied) {
        List<OperationId> taken =
                take(entry -> copied.contains(entry.operation()), _ -> Retention.WHILE_GUESTS_LIVE).stream()
                        .map(Entry::operation)
                        .toList();
        if (!taken.isEmpty()) {
            OperationId release = OperationId.ofRelease(cart, register(), taken);
            remembered.replaceAll((_, known) -> known.isStanding() ? known.overAt(latestTime) : known);
            remember(new Remembered(release, null, Retention.WHILE_STANDING, latestTime));
        }
    }

    /** Where quantities are set now. It ends when they are merged into another cart, where those set later add to them. */
    Register register() {
        return Register.after(remembered.values().stream()
                .filter(Remembered::isStanding)
                .map(Remembered::operation)
                .toList());
    }

    private void remember(Remembered operation) {
        remembered.putIfAbsent(operation.operation(), operation);
    }

    void addOrder(Order order) {
        orders.put(order.id(), order);
    }

    /** Forgets what nobody can bring back or repeat at {@code now}, but for these, and the orders of checkouts forgotten. */
    void forget(Instant now, CartLimits limits, Set<OperationId> kept) {
        remembered
                .values()
                .removeIf(operation -> limits.isForgettable(operation, now) && !kept.contains(operation.operation()));
        orders.values().removeIf(order -> !remembered.containsKey(order.checkout()));
    }

    CartState toState() {
        CartState after = new CartState(entries, remembered, orders, before.unknown());
        return Objects.equals(after, before) ? before : after;
    }

    /** Entries that somebody with this context has seen; all of them for one without a context. */
    static Predicate<Entry> seenBy(@Nullable Clock seen) {
        return seen == null ? _ -> true : entry -> entry.isSeenBy(seen);
    }
}
