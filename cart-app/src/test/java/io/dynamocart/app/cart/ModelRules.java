package io.dynamocart.app.cart;

import io.dynamocart.app.cart.Operation.Absorb;
import io.dynamocart.store.version.Truncation;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How the carts of a {@link CartHistory} work; a mutant has one of these broken.
 *
 * @param contexts what a write claims to have read, of what its server read, now or before, and its client says it has seen
 * @param agreement when what is remembered may be forgotten
 * @param ids the identity of a request on a cart
 * @param copies what a guest's entry becomes in a customer's cart
 * @param withdrawn what a login that has read a guest's cart takes out of the customer's, if it is there
 * @param logins what a login is taken for by a server that has read the customer's cart
 * @param told of how much of a cart a client's context is made that is shown so much
 */
record ModelRules(
        MergeStrategy strategy,
        Truncation truncation,
        Contexts contexts,
        Agreement agreement,
        BiFunction<CartId, String, OperationId> ids,
        BiFunction<Entry, CartId, Entry> copies,
        BiFunction<CartState, CartId, Stream<OperationId>> withdrawn,
        BiFunction<Absorb, CartState, Absorb> logins,
        UnaryOperator<Shown> told) {

    enum Contexts {
        /** What the server read and merged. */
        ONLY_WHAT_WAS_READ,
        /** That, and whatever the client has seen. */
        JOINED_WITH_THE_CLIENTS,
        /** That, and whatever the server has read of this cart before. */
        JOINED_WITH_ALL_IT_EVER_READ
    }

    enum Agreement {
        /** All home replicas hold the same, and no stand-in holds what they do not. */
        OF_ALL_WITH_NO_HINT_OPEN,
        /** All home replicas hold the same. */
        OF_HOME_REPLICAS,
        /** Nobody has to agree. */
        NONE
    }

    static ModelRules real() {
        return new ModelRules(
                new ObservedRemove(),
                Truncation.off(),
                Contexts.ONLY_WHAT_WAS_READ,
                Agreement.OF_ALL_WITH_NO_HINT_OPEN,
                OperationId::of,
                Entry::copiedFrom,
                (state, guest) -> state.withdrawn().map(original -> original.copiedFrom(guest)),
                (login, _) -> login,
                UnaryOperator.identity());
    }

    ModelRules withStrategy(MergeStrategy newStrategy) {
        return new ModelRules(newStrategy, truncation, contexts, agreement, ids, copies, withdrawn, logins, told);
    }

    ModelRules withTruncation(Truncation newTruncation) {
        return new ModelRules(strategy, newTruncation, contexts, agreement, ids, copies, withdrawn, logins, told);
    }

    ModelRules withContexts(Contexts newContexts) {
        return new ModelRules(strategy, truncation, newContexts, agreement, ids, copies, withdrawn, logins, told);
    }

    ModelRules withAgreement(Agreement newAgreement) {
        return new ModelRules(strategy, truncation, contexts, newAgreement, ids, copies, withdrawn, logins, told);
    }

    /** An operation is known by its key, whichever cart it is about. */
    ModelRules withOneIdentityInAllCarts() {
        return new ModelRules(
                strategy,
                truncation,
                contexts,
                agreement,
                (cart, key) -> OperationId.of(new CartId("any"), key),
                (entry, guest) -> {
                    Entry copy = entry.copiedFrom(guest);
                    return with(entry.operation(), copy.effect(), copy);
                },
                (state, _) -> state.withdrawn(),
                logins,
                told);
    }

    /** What a guest sets after one login is no more than what it had set before. */
    ModelRules withOneRegisterForAllLogins() {
        BiFunction<Entry, CartId, Entry> oneRegister = (entry, guest) -> {
            Entry copy = entry.copiedFrom(guest);
            Effect effect = copy.sets() ? new Effect.Sets(Register.OWN.copiedFrom(guest)) : copy.effect();
            return with(copy.operation(), effect, copy);
        };
        return new ModelRules(strategy, truncation, contexts, agreement, ids, oneRegister, withdrawn, logins, told);
    }

    ModelRules withWithdrawn(BiFunction<CartState, CartId, Stream<OperationId>> newWithdrawn) {
        return new ModelRules(strategy, truncation, contexts, agreement, ids, copies, newWithdrawn, logins, told);
    }

    /** A login whose key the customer's cart knows is another one. */
    ModelRules withRepeatedLogins(UnaryOperator<Absorb> repeated) {
        BiFunction<Absorb, CartState, Absorb> newLogins =
                (login, customer) -> customer.knows(login.id()) ? repeated.apply(login) : login;
        return new ModelRules(strategy, truncation, contexts, agreement, ids, copies, withdrawn, newLogins, told);
    }

    /** Where such a client is shown some of the cart, its context names all of it. */
    ModelRules tellingAllOfTheCartTo(Predicate<Shown> clients) {
        UnaryOperator<Shown> all = shown -> clients.test(shown) ? new Shown.Whole() : shown;
        return new ModelRules(strategy, truncation, contexts, agreement, ids, copies, withdrawn, logins, all);
    }

    private static Entry with(OperationId operation, Effect effect, Entry copy) {
        return new Entry(
                operation,
                copy.item(),
                copy.births(),
                effect,
                copy.quantity(),
                copy.unitPrice(),
                copy.pricedAt(),
                copy.outdated(),
                copy.copied());
    }
}
