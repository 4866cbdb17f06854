package io.dynamocart.app.cart;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one write did to a cart, each thing under the name of the request that asked for it.
 *
 * @param puts what it put in
 * @param takes what it took out
 * @param outdates what has no longer the price of its line
 * @param order what it made of what it took, null if it was no checkout
 * @param release the number of the release that it was, null if it was none
 * @param time when it read what it builds on
 */
record ExactWrite(
        String request,
        Map<String, Put> puts,
        Set<String> takes,
        Set<String> outdates,
        @Nullable Ordered order,
        @Nullable Integer release,
        long time) {

    /**
     * Something put into the cart.
     *
     * @param register null if it adds; else among what only the largest counts
     */
    record Put(ItemId item, int quantity, @Nullable String register, long price, Instant clock) {

        Put copiedFrom(CartId guest) {
            return new Put(item, quantity, register == null ? null : guest + " " + register, price, clock);
        }

        /** Of two tries of one request, each at its own time, the earlier. */
        Put join(Put other) {
            return other.clock.isBefore(clock) ? other : this;
        }

        static long quantityOf(Collection<Put> line) {
            Map<String, Integer> largest = new TreeMap<>();
            long added = 0;
            for (Put put : line) {
                if (put.register == null) {
                    added += put.quantity;
                } else {
                    largest.merge(put.register, put.quantity, Math::max);
                }
            }
            return added
                    + largest.values().stream().mapToLong(Integer::longValue).sum();
        }
    }

    /**
     * What a shopper was shown when it ordered. What becomes known later of how that came about makes it no other order.
     *
     * @param clock of the server
     */
    record Ordered(Map<ItemId, Long> quantities, Instant clock) {}

    /** One that does nothing but to have happened. */
    static ExactWrite of(String request, long time) {
        return new ExactWrite(request, Map.of(), Set.of(), Set.of(), null, null, time);
    }

    ExactWrite putting(Map<String, Put> newPuts, Set<String> newOutdates) {
        return new ExactWrite(request, newPuts, takes, newOutdates, order, release, time);
    }

    ExactWrite taking(Set<String> newTakes) {
        return new ExactWrite(request, puts, newTakes, outdates, order, release, time);
    }

    ExactWrite checkingOut(Ordered newOrder) {
        return new ExactWrite(request, puts, takes, outdates, newOrder, release, time);
    }

    /** Of two tries of one checkout that took the same, the earlier. */
    ExactWrite join(ExactWrite other) {
        return order != null && other.order != null && other.order.clock.isBefore(order.clock) ? other : this;
    }

    ExactWrite releasing(int number) {
        return new ExactWrite(request, puts, takes, outdates, order, number, time);
    }

    boolean changesNothing() {
        return puts.isEmpty() && takes.isEmpty();
    }
}
