package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What one operation put on one line of a cart. Lines are sets of entries, since a set can be merged exactly where a
 * sum cannot: an entry is either there, or was removed by somebody who saw it.
 *
 * @param operation the operation that put it there; it puts no other
 * @param births the versions that brought it in: one, or several where tries of one operation reached the store as
 *     different versions; none in a version that is just being written, whose dot nobody knows yet
 * @param quantity how many, at least 1
 * @param unitPrice in minor units of the currency
 * @param pricedAt the writer's clock in milliseconds, to choose between prices that were set concurrently
 * @param outdated whether a later operation has set another price for the line
 * @param copied whether it was copied from a guest's cart, where the original may still be
 */
public record Entry(
        OperationId operation,
        ItemId item,
        List<Dot> births,
        Effect effect,
        int quantity,
        long unitPrice,
        Instant pricedAt,
        boolean outdated,
        boolean copied) {

    private static final Comparator<Entry> BY_AGE =
            Comparator.comparing(Entry::pricedAt).thenComparing(Entry::register);

    public Entry {
        if (quantity < 1) {
            throw new IllegalArgumentException("an entry of quantity %d".formatted(quantity));
        }
        births = List.copyOf(births);
        pricedAt = pricedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** An entry that adds, written just now. */
    public static Entry adding(OperationId operation, ItemId item, int quantity, long unitPrice, Instant now) {
        return new Entry(operation, item, List.of(), new Effect.Adds(), quantity, unitPrice, now, false, false);
    }

    /** An entry that sets, written just now. */
    static Entry setting(
            OperationId operation, ItemId item, Register register, int quantity, long unitPrice, Instant now) {
        return new Entry(operation, item, List.of(), new Effect.Sets(register), quantity, unitPrice, now, false, false);
    }

    public boolean sets() {
        return effect instanceof Effect.Sets;
    }

    /** The same entry, named: one without a birth was brought in by the version it was found in. */
    Entry foundIn(Dot version) {
        return births.isEmpty() ? withBirths(List.of(version)) : this;
    }

    /** What a guest's entry becomes in the cart of the customer that the guest turns out to be. */
    Entry copiedFrom(CartId guest) {
        return new Entry(
                operation.copiedFrom(guest),
                item,
                List.of(),
                effect.copiedFrom(guest),
                quantity,
                unitPrice,
                pricedAt,
                outdated,
                true);
    }

    Entry withOutdatedPrice() {
        return outdated
                ? this
                : new Entry(operation, item, births, effect, quantity, unitPrice, pricedAt, true, copied);
    }

    /** One operation's entry as two versions have it, made one. */
    Entry join(Entry other) {
        TreeSet<Dot> all = new TreeSet<>(births);
        all.addAll(other.births);
        // Tries of one operation differ in nothing but the clock of the node that took them, and what releases that
        // knew of. Either would do, as long as it is the same everywhere, and for their copies
        Entry first = BY_AGE.compare(this, other) <= 0 ? this : other;
        return new Entry(
                operation,
                item,
                List.copyOf(all),
                first.effect,
                quantity,
                unitPrice,
                first.pricedAt,
                outdated || other.outdated,
                copied);
    }

    /** Whether somebody who has seen all of {@code clock} has seen this entry. */
    boolean isSeenBy(Clock clock) {
        return births.stream().anyMatch(clock::contains);
    }

    /** Tries of one operation differ in it only where they set. */
    private Register register() {
        return effect instanceof Effect.Sets(Register register) ? register : Register.OWN;
    }

    private Entry withBirths(List<Dot> newBirths) {
        return new Entry(operation, item, newBirths, effect, quantity, unitPrice, pricedAt, outdated, copied);
    }
}
