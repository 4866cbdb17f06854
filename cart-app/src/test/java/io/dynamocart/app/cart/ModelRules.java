package io.dynamocart.app.cart;

import io.dynamocart.store.version.Truncation;
import java.util.function.BiFunction;

/**
 * How the carts of a {@link CartHistory} work; a mutant has one of these broken.
 *
 * @param contexts what a write claims to have read, of what its server read, now or before, and its client says it has seen
 * @param agreement when what is remembered may be forgotten
 * @param ids the identity of a request on a cart
 * @param copies what a guest's entry becomes in a customer's cart
 */
record ModelRules(
        MergeStrategy strategy,
        Truncation truncation,
        Contexts contexts,
        Agreement agreement,
        BiFunction<CartId, String, OperationId> ids,
        BiFunction<Entry, CartId, Entry> copies) {

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
                Entry::copiedFrom);
    }

    ModelRules withStrategy(MergeStrategy newStrategy) {
        return new ModelRules(newStrategy, truncation, contexts, agreement, ids, copies);
    }

    ModelRules withTruncation(Truncation newTruncation) {
        return new ModelRules(strategy, newTruncation, contexts, agreement, ids, copies);
    }

    ModelRules withContexts(Contexts newContexts) {
        return new ModelRules(strategy, truncation, newContexts, agreement, ids, copies);
    }

    ModelRules withAgreement(Agreement newAgreement) {
        return new ModelRules(strategy, truncation, contexts, newAgreement, ids, copies);
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
                });
    }

    /** What a guest sets after one login is no more than what it had set before. */
    ModelRules withOneRegisterForAllLogins() {
        return new ModelRules(strategy, truncation, contexts, agreement, ids, (entry, guest) -> {
            Entry copy = entry.copiedFrom(guest);
            Effect effect = copy.sets() ? new Effect.Sets(Register.OWN.copiedFrom(guest)) : copy.effect();
            return with(copy.operation(), effect, copy);
        });
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
