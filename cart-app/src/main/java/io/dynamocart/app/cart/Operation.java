package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something that a shopper does to a cart. Each has an identity, so that done twice it has one effect, and says what of
 * the cart its shopper had seen, so that it takes out nothing else. A cart remembers it by its identity, but for a {@link
 * Release}, which done twice finds nothing to take.
 */
public sealed interface Operation {

    /** Its identity; of a {@link Release} that of the login that it ends, made one of the guest's cart. */
    OperationId id();

    /**
     * Changes the draft.
     *
     * @param cart the cart it is done to
     * @param now the writer's clock
     * @throws CartProblem if it cannot be done; the draft is then thrown away
     */
    void apply(CartId cart, CartDraft draft, Instant now);

    /** Whether nothing of it is left to do. */
    default boolean isDone(CartState cart) {
        return cart.knows(id());
    }

    /** What its shopper had seen; null if it is to act on what the server sees. */
    default @Nullable Clock seen() {
        return null;
    }

    /** The items of which it brings something into the cart. */
    default List<ItemId> brings() {
        return switch (this) {
            case Add add -> List.of(add.item);
            case SetQuantity set -> List.of(set.item);
            case Absorb absorb ->
                absorb.copies.stream().map(Entry::item).distinct().toList();
            case Remove _, Clear _, Checkout _, Release _ -> List.of();
        };
    }

    /** Whether it is refused where the cart would become larger than it may. What takes things out is not, nor a merge. */
    default boolean isLimited() {
        return false;
    }

    /** Puts more of an item into the cart. */
    record Add(OperationId id, ItemId item, int quantity, long unitPrice) implements Operation {
        @Override
        public boolean isLimited() {
            return true;
        }

        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            draft.add(Entry.adding(id, item, quantity, unitPrice, now));
        }
    }

    /** Sets how many of an item are in the cart, at least 1. */
    record SetQuantity(
            OperationId id,
            ItemId item,
            int quantity,
            long unitPrice,
            @Nullable Clock seen) implements Operation {
        @Override
        public boolean isLimited() {
            return true;
        }

        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            draft.take(of(item).and(CartDraft.seenBy(seen)));
            draft.add(Entry.setting(id, item, draft.register(), quantity, unitPrice, now));
        }
    }

    /**
     * Takes an item out of the cart.
     *
     * @param repeatable whether its client may repeat it, so that it has to be remembered
     */
    record Remove(OperationId id, ItemId item, @Nullable Clock seen, boolean repeatable) implements Operation {
        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            draft.take(of(item).and(CartDraft.seenBy(seen)));
            if (repeatable) {
                draft.remember(id, item);
            }
        }
    }

    /**
     * Takes everything out of the cart.
     *
     * @param repeatable as of {@link Remove}
     */
    record Clear(OperationId id, @Nullable Clock seen, boolean repeatable) implements Operation {
        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            draft.take(CartDraft.seenBy(seen));
            if (repeatable) {
                draft.remember(id, null);
            }
        }
    }

    /** Takes everything out of the cart and makes an order of it. */
    record Checkout(OperationId id, @Nullable Clock seen) implements Operation {
        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            List<Entry> taken = draft.take(CartDraft.seenBy(seen));
            if (taken.isEmpty()) {
                throw new CartProblem.NothingToCheckOut(cart);
            }
            draft.remember(id, null);
            draft.addOrder(Order.of(
                    cart,
                    id,
                    CartState.linesOf(taken),
                    taken.stream().map(Entry::operation).toList(),
                    now));
        }
    }

    /**
     * Puts copies of a guest's entries into the cart: the first half of a login. And takes out what an earlier one has
     * copied that died after it, if the guest has taken out the originals since.
     *
     * @param copies under the identities they have in this cart
     * @param withdrawn identities in this cart of what the guest has taken out, whether or not it was ever copied
     * @param repeatable as of {@link Remove}
     */
    record Absorb(OperationId id, List<Entry> copies, SortedSet<OperationId> withdrawn, boolean repeatable)
            implements Operation {
        /**
         * A login is done when its key is known and nothing of what was copied is left to take out, here or in the guest's
         * cart. While it is half done, a repetition does all that a first login would, and also copies what the guest has put in
         * since: that may be a set which replaced what was copied, and would else stay with the guest.
         */
        @Override
        public boolean isDone(CartState cart) {
            return cart.knows(id)
                    && copies.stream().noneMatch(copy -> cart.knows(copy.operation()))
                    && withdrawn.stream().noneMatch(copy -> cart.entries().containsKey(copy));
        }

        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            draft.take(entry -> withdrawn.contains(entry.operation()));
            copies.stream().filter(copy -> !draft.knew(copy.operation())).forEach(draft::copy);
            if (repeatable) {
                draft.remember(id, null);
            }
        }
    }

    /**
     * Takes out of a guest's cart exactly what was copied from it: the second half of a login. What is set in it from then
     * on comes on top of what was copied.
     *
     * @param seen the guest's cart as it was copied: who sees less of it would leave the rest there
     */
    record Release(OperationId id, SortedSet<OperationId> copied, Clock seen) implements Operation {
        @Override
        public void apply(CartId cart, CartDraft draft, Instant now) {
            draft.release(cart, copied);
        }
    }

    private static Predicate<Entry> of(ItemId item) {
        return entry -> entry.item().equals(item);
    }
}
