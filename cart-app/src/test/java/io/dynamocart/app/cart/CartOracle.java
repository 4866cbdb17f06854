package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows what every client asked for and was told, and so what each cart must hold in the end, may hold, and must not
 * hold (docs/invariants.md D29 to D31). Works on identities of operations only, never on clocks or versions.
 */
final class CartOracle {

    /** Something that puts an entry into a cart. */
    private static final class Put {
        private final CartId cart;
        private final ItemId item;
        private final int quantity;
        private final boolean sets;
        private final long sentAt;
        private long acknowledgedAt = Long.MAX_VALUE;

        Put(CartId cart, ItemId item, int quantity, boolean sets, long sentAt) {
            this.cart = cart;
            this.item = item;
            this.quantity = quantity;
            this.sets = sets;
            this.sentAt = sentAt;
        }

        boolean isAcknowledged() {
            return acknowledgedAt < Long.MAX_VALUE;
        }
    }

    /** Something that takes entries out: those it saw, or, without a context, whatever was there. */
    private static final class Take {
        private final CartId cart;
        private final @Nullable ItemId item;
        private final @Nullable Set<OperationId> seen;
        private final long sentAt;
        private long endedAt = Long.MAX_VALUE;
        private boolean acknowledged;

        Take(CartId cart, @Nullable ItemId item, @Nullable Set<OperationId> seen, long sentAt) {
            this.cart = cart;
            this.item = item;
            this.seen = seen;
            this.sentAt = sentAt;
        }

        boolean isAbout(Put put) {
            return cart.equals(put.cart) && isOf(put.item);
        }

        boolean isOf(ItemId other) {
            return item == null || item.equals(other);
        }
    }

    private final BiFunction<OperationId, CartId, OperationId> copyIds;
    private final Map<OperationId, Put> puts = new TreeMap<>();
    private final Map<OperationId, Take> takes = new TreeMap<>();
    private final Map<OperationId, Map<String, Order>> orders = new TreeMap<>();
    private final Map<CartId, Long> firstLogins = new HashMap<>();

    /** @param copyIds the identity that an operation's entry has when it was copied from a guest's cart */
    CartOracle(BiFunction<OperationId, CartId, OperationId> copyIds) {
        this.copyIds = copyIds;
    }

    void sent(CartId cart, Operation operation, @Nullable Set<OperationId> seen, long now) {
        OperationId id = operation.id();
        switch (operation) {
            case Operation.Add add -> puts.putIfAbsent(id, new Put(cart, add.item(), add.quantity(), false, now));
            case Operation.SetQuantity set -> {
                puts.putIfAbsent(id, new Put(cart, set.item(), set.quantity(), true, now));
                takes.putIfAbsent(id, new Take(cart, set.item(), seen, now));
            }
            case Operation.Remove remove -> takes.putIfAbsent(id, new Take(cart, remove.item(), seen, now));
            case Operation.Clear _, Operation.Checkout _ -> takes.putIfAbsent(id, new Take(cart, null, seen, now));
            case Operation.Absorb _, Operation.Release _ ->
                throw new IllegalArgumentException("not a client's operation");
        }
    }

    void acknowledged(Operation operation, CartSnapshot answer, long now) {
        Put put = puts.get(operation.id());
        if (put != null) {
            put.acknowledgedAt = Math.min(put.acknowledgedAt, now);
        }
        Take take = takes.get(operation.id());
        if (take != null) {
            take.acknowledged = true;
            take.endedAt = now;
        }
        answer.state()
                .orderOf(operation.id())
                .ifPresent(order -> orders.computeIfAbsent(operation.id(), id -> new TreeMap<>())
                        .put(order.id(), order));
    }

    /** A refused operation had no effect in this try; it may have had one in an earlier. */
    void refused(Operation operation, boolean firstTry) {
        if (firstTry) {
            puts.remove(operation.id());
            takes.remove(operation.id());
        }
    }

    /** Every entry of the cart was asked for by somebody. */
    void checkNothingInvented(CartId cart, CartState state, Set<OperationId> copies) {
        for (OperationId id : state.entries().keySet()) {
            assertThat(puts.containsKey(id) || copies.contains(id))
                    .as("entry %s of cart %s was asked for", id, cart)
                    .isTrue();
        }
    }

    /** No acknowledged add is missing that nobody can have removed (D29). */
    void checkNothingLost(CartId cart, Set<OperationId> present) {
        List<String> lost = new ArrayList<>();
        puts.forEach((id, put) -> {
            if (put.cart.equals(cart) && put.isAcknowledged() && !present.contains(id) && !mayBeTaken(id, put)) {
                lost.add(id + " of " + put.item);
            }
        });
        assertThat(lost)
                .as("acknowledged adds that cart %s has lost (D29)", cart)
                .isEmpty();
    }

    /** Nothing is there that an acknowledged remove had seen (D30). */
    void checkNothingResurfaced(CartId cart, Set<OperationId> present) {
        takes.forEach((by, take) -> {
            if (take.cart.equals(cart) && take.acknowledged && take.seen != null) {
                Set<OperationId> back = new TreeSet<>(take.seen);
                back.retainAll(present);
                assertThat(back)
                        .as("entries of cart %s that are back after %s took them out (D30)", cart, by)
                        .isEmpty();
            }
        });
    }

    /** Nothing is there that was acknowledged before an acknowledged remove of everything seen began. */
    void checkNothingOverlooked(CartId cart, Set<OperationId> present) {
        takes.forEach((by, take) -> {
            if (take.cart.equals(cart) && take.acknowledged && take.seen == null) {
                puts.forEach((id, put) -> assertThat(
                                take.isAbout(put) && put.acknowledgedAt < take.sentAt && present.contains(id))
                        .as("%s of cart %s is still there after %s took out all it could see", id, cart, by)
                        .isFalse());
            }
        });
    }

    /** The identities that this guest's entries have in the customer's cart. */
    Set<OperationId> copiesFrom(CartId guest) {
        Set<OperationId> copies = new TreeSet<>();
        puts.forEach((id, put) -> {
            if (put.cart.equals(guest)) {
                copies.add(copyIds.apply(id, guest));
            }
        });
        return copies;
    }

    /** Everything that a guest put in has come to the customer, unless somebody removed it here or there. */
    void checkCopied(CartId guest, CartId customer, Set<OperationId> present) {
        puts.forEach((id, put) -> {
            OperationId copy = copyIds.apply(id, guest);
            if (put.cart.equals(guest) && put.isAcknowledged() && !mayBeTaken(id, put)) {
                boolean takenThere = takes.values().stream()
                        .anyMatch(take -> take.cart.equals(customer)
                                && (take.seen != null ? take.seen.contains(copy) : take.isOf(put.item)));
                assertThat(takenThere || present.contains(copy))
                        .as("%s, which guest %s put in, has come to customer %s", id, guest, customer)
                        .isTrue();
            }
        });
    }

    /** A client asks for a guest's cart to be taken into its customer's. */
    void sentLogin(CartId guest, long now) {
        firstLogins.putIfAbsent(guest, now);
    }

    /**
     * Each line is what the operations whose entries are present come to: all that was added, and the largest that was set,
     * by the cart's own shoppers and by the guest each for itself. What the guest set after a login is more, or is not: that
     * depends on whether the login had come to its end (D31).
     */
    void checkQuantities(CartId cart, CartId guest, Set<OperationId> present, Map<ItemId, Long> shown) {
        long login = firstLogins.getOrDefault(guest, Long.MAX_VALUE);
        Map<ItemId, Long> added = new TreeMap<>();
        Map<ItemId, Long> set = new TreeMap<>();
        Map<ItemId, Long> setByGuest = new TreeMap<>();
        Map<ItemId, Long> setBeforeLogin = new TreeMap<>();
        Map<ItemId, Long> setLater = new TreeMap<>();
        puts.forEach((id, put) -> {
            long quantity = put.quantity;
            boolean own = put.cart.equals(cart) && present.contains(id);
            boolean copied = put.cart.equals(guest) && present.contains(copyIds.apply(id, guest));
            if ((own || copied) && !put.sets) {
                added.merge(put.item, quantity, Long::sum);
            } else if (own) {
                set.merge(put.item, quantity, Math::max);
            } else if (copied) {
                setByGuest.merge(put.item, quantity, Math::max);
                if (put.acknowledgedAt < login) {
                    setBeforeLogin.merge(put.item, quantity, Math::max);
                } else {
                    setLater.merge(put.item, quantity, Long::sum);
                }
            }
        });
        Map<ItemId, Long> least = sums(added, set, setByGuest);
        Map<ItemId, Long> most = sums(added, set, setBeforeLogin, setLater);
        assertThat(shown.keySet()).as("lines of cart %s (D31)", cart).isEqualTo(least.keySet());
        shown.forEach((item, quantity) -> assertThat(quantity)
                .as("quantity of %s in cart %s (D31)", item, cart)
                .isBetween(least.get(item), most.get(item)));
    }

    @SafeVarargs
    private static Map<ItemId, Long> sums(Map<ItemId, Long>... parts) {
        Map<ItemId, Long> sums = new TreeMap<>();
        for (Map<ItemId, Long> part : parts) {
            part.forEach((item, quantity) -> sums.merge(item, quantity, Long::sum));
        }
        return sums;
    }

    /** Orders that were confirmed, by the checkout that made them. */
    Map<OperationId, Map<String, Order>> orders() {
        return orders;
    }

    private boolean mayBeTaken(OperationId id, Put put) {
        return takes.entrySet().stream()
                .filter(take -> take.getValue().isAbout(put) && !take.getKey().equals(id))
                .map(Map.Entry::getValue)
                .anyMatch(take -> take.seen != null ? take.seen.contains(id) : take.endedAt >= put.sentAt);
    }
}
