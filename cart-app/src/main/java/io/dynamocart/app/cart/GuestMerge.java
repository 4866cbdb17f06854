package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Operation.Absorb;
import io.dynamocart.app.cart.Operation.Release;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a guest's cart into that of the customer the guest turns out to be: a saga over two carts, of which each write is
 * one of its own (docs/decisions/0004-guest-identities-for-31-days.md). Thread-safe.
 */
final class GuestMerge {

    /** Of a guest who goes on taking out what was just copied; who repeats the merge later ends it. */
    private static final int MAX_ROUNDS = 3;

    /** Does an operation on one cart, as {@link Carts#apply}. */
    interface OneCart {
        CompletableFuture<CartSnapshot> apply(
                CartId cart, Operation operation, Shown shown, @Nullable List<String> ifMatch);
    }

    /**
     * One request for it.
     *
     * @param repeatable whether its client may repeat it, as of {@link Operation.Remove}
     */
    private record Login(CartId customer, OperationId operation, boolean repeatable) {}

    private final CartStore store;
    private final OneCart carts;
    private final BiFunction<Entry, CartId, Entry> copier;
    private final Executor executor;

    /** @param copier what an entry of that guest's cart becomes in a customer's; the same for the same entry, always */
    GuestMerge(CartStore store, OneCart carts, BiFunction<Entry, CartId, Entry> copier, Executor executor) {
        this.store = store;
        this.carts = carts;
        this.copier = copier;
        this.executor = executor;
    }

    /** As {@link Carts#mergeGuest}, of two carts. */
    CompletableFuture<CartSnapshot> merge(
            CartId customer, CartId guest, OperationId operation, boolean repeatable, @Nullable List<String> ifMatch) {
        Login login = new Login(customer, operation, repeatable);
        return store.readEverywhere(guest).thenCompose(read -> {
            CartSnapshot original =
                    new CartSnapshot(guest, read.state(), read.found().context(), null);
            return absorb(login, original, ifMatch)
                    .thenComposeAsync(merged -> release(login, original, merged, 1), executor);
        });
    }

    private CompletableFuture<CartSnapshot> absorb(Login login, CartSnapshot guest, @Nullable List<String> ifMatch) {
        List<Entry> copies = guest.state().entries().values().stream()
                .map(entry -> copier.apply(entry, guest.cart()))
                .toList();
        Absorb absorb = new Absorb(login.operation(), copies, withdrawnFrom(guest), login.repeatable());
        return carts.apply(login.customer(), absorb, new Shown.Whole(), ifMatch);
    }

    /** Takes out of the guest's cart what was copied, and looks what the guest itself had taken out of that by then. */
    private CompletableFuture<CartSnapshot> release(Login login, CartSnapshot guest, CartSnapshot merged, int round) {
        SortedSet<OperationId> copied = guest.state().entries().values().stream()
                .filter(entry ->
                        merged.state().knows(copier.apply(entry, guest.cart()).operation()))
                .map(Entry::operation)
                .collect(Collectors.toCollection(TreeSet::new));
        if (copied.isEmpty()) {
            return CompletableFuture.completedFuture(merged);
        }
        Release release = new Release(
                login.operation().copiedFrom(guest.cart()),
                copied,
                guest.context().clock());
        return carts.apply(guest.cart(), release, new Shown.Whole(), null)
                .handle((released, problem) -> {
                    if (problem != null) {
                        throw UnfinishedMerge.notEmptied(login.customer(), CartStore.rootOf(problem));
                    }
                    return released;
                })
                .thenComposeAsync(released -> follow(login, released, merged, round), executor);
    }

    /**
     * What the guest has ordered or taken out since it was read must not stay with the customer, and may have been replaced:
     * that is absorbed as if this login were repeated.
     */
    private CompletableFuture<CartSnapshot> follow(Login login, CartSnapshot guest, CartSnapshot merged, int round) {
        Set<OperationId> late = withdrawnFrom(guest);
        late.retainAll(merged.state().entries().keySet());
        if (late.isEmpty()) {
            return CompletableFuture.completedFuture(merged);
        }
        if (round == MAX_ROUNDS) {
            return CompletableFuture.failedFuture(UnfinishedMerge.notFollowed(login.customer()));
        }
        return absorb(login, guest, null)
                .handle((again, problem) -> {
                    if (problem != null) {
                        throw UnfinishedMerge.notWithdrawn(login.customer(), CartStore.rootOf(problem));
                    }
                    return again;
                })
                .thenComposeAsync(again -> release(login, guest, again, round + 1), executor);
    }

    /** What the guest's own shoppers have taken out, under the identities that its copies have. */
    private static SortedSet<OperationId> withdrawnFrom(CartSnapshot guest) {
        return guest.state()
                .withdrawn()
                .map(original -> original.copiedFrom(guest.cart()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
