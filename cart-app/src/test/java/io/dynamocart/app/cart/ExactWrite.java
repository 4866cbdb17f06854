package io.dynamocart.app.cart;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
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
 * @param checksOut whether what it took became an order
 * @param begins where quantities are set from then on, null if it is where they were before
 * @param time when it read what it builds on
 */
record ExactWrite(
        String request,
        Map<String, Put> puts,
        Set<String> takes,
        Set<String> outdates,
        boolean checksOut,
        @Nullable Register begins,
        long time) {

    /** What is set after one release of a guest's cart; of several the last by the clocks of who released. */
    record Register(Instant at, OperationId release) implements Comparable<Register> {
        @Override
        public int compareTo(Register other) {
            return Comparator.comparing(Register::at)
                    .thenComparing(Register::release)
                    .compare(this, other);
        }
    }

    /**
     * Something put into the cart.
     *
     * @param register null if it adds; else among what only the largest counts
     */
    record Put(ItemId item, int quantity, @Nullable String register, long price, Instant clock) {

        Put copiedFrom(CartId guest) {
            return new Put(
                    item,
                    quantity,
                    register == null ? null : Hash.of(guest.name(), register).toString(),
                    price,
                    clock);
        }

        /** What two tries of one request put in: one thing, at the earlier clock. */
        Put join(Put other) {
            String lesser = register == null || other.register == null || register.compareTo(other.register) <= 0
                    ? register
                    : other.register;
            return new Put(item, quantity, lesser, price, other.clock.isBefore(clock) ? other.clock : clock);
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

    /** One that does nothing but to have happened. */
    static ExactWrite of(String request, long time) {
        return new ExactWrite(request, Map.of(), Set.of(), Set.of(), false, null, time);
    }

    ExactWrite putting(Map<String, Put> newPuts, Set<String> newOutdates) {
        return new ExactWrite(request, newPuts, takes, newOutdates, checksOut, begins, time);
    }

    ExactWrite taking(Set<String> newTakes) {
        return new ExactWrite(request, puts, newTakes, outdates, checksOut, begins, time);
    }

    ExactWrite checkingOut() {
        return new ExactWrite(request, puts, takes, outdates, true, begins, time);
    }

    ExactWrite beginning(Register register) {
        return new ExactWrite(request, puts, takes, outdates, checksOut, register, time);
    }

    boolean changesNothing() {
        return puts.isEmpty() && takes.isEmpty();
    }
}
