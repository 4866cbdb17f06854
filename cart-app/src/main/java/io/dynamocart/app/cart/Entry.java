package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one operation put on one line of a cart. Lines are sets of entries, since a set can be merged exactly where a
 * sum cannot: an entry is either there, or was removed by somebody who saw it.
 *
 * @param operation the operation that put it there; it puts no other
 * @param births the versions that brought it in: one, or several where tries of one operation reached the store as
 *     different versions; none in a version that is just being written, whose dot nobody knows yet
 * @param register null for an entry that adds; otherwise the entry sets, and of all entries of one register only the
 *     largest counts. A cart's own register is {@value #OWN}, and a new one each time that what it held was merged into
 *     another: what is set later comes on top of that. Copies from a guest's cart have registers of their own, one for each
 *     of the guest's
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
        @Nullable String register,
        int quantity,
        long unitPrice,
        Instant pricedAt,
        boolean outdated,
        boolean copied) {

    /** The register of quantities that were set in this cart itself, as long as it was not merged into another. */
    public static final String OWN = "";

    public Entry {
        if (quantity < 1) {
            throw new IllegalArgumentException("an entry of quantity %d".formatted(quantity));
        }
        births = List.copyOf(births);
        pricedAt = pricedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** An entry that adds, written just now. */
    public static Entry adding(OperationId operation, ItemId item, int quantity, long unitPrice, Instant now) {
        return new Entry(operation, item, List.of(), null, quantity, unitPrice, now, false, false);
    }

    /** An entry that sets, written just now. */
    static Entry setting(
            OperationId operation, ItemId item, String register, int quantity, long unitPrice, Instant now) {
        return new Entry(operation, item, List.of(), register, quantity, unitPrice, now, false, false);
    }

    /** The same entry, named: one without a birth was brought in by the version it was found in. */
    Entry foundIn(Dot version) {
        return births.isEmpty() ? withBirths(List.of(version)) : this;
    }

    /** What a guest's entry becomes in the cart of the customer that the guest turns out to be. */
    Entry copiedFrom(CartId guest) {
        String guests =
                register == null ? null : Hash.of(guest.name(), register).toString();
        return new Entry(
                operation.copiedFrom(guest), item, List.of(), guests, quantity, unitPrice, pricedAt, outdated, true);
    }

    Entry withOutdatedPrice() {
        return outdated
                ? this
                : new Entry(operation, item, births, register, quantity, unitPrice, pricedAt, true, copied);
    }

    /** One operation's entry as two versions have it, made one. */
    Entry join(Entry other) {
        TreeSet<Dot> all = new TreeSet<>(births);
        all.addAll(other.births);
        // Tries of one operation differ in nothing but the clock of the node that took them, and what releases that
        // knew of
        Entry first = pricedAt.isAfter(other.pricedAt) ? other : this;
        return new Entry(
                operation,
                item,
                List.copyOf(all),
                lesser(register, other.register),
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

    /** Either would do, as long as it is the same everywhere; {@link #OWN} is the least. */
    private static @Nullable String lesser(@Nullable String one, @Nullable String other) {
        return one == null || other == null || one.compareTo(other) <= 0 ? one : other;
    }

    private Entry withBirths(List<Dot> newBirths) {
        return new Entry(operation, item, newBirths, register, quantity, unitPrice, pricedAt, outdated, copied);
    }
}
