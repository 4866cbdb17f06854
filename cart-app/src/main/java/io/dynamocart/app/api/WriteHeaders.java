package io.dynamocart.app.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say in the headers of a write.
 *
 * @param idempotencyKey its own, or one drawn for a request that cannot be repeated
 * @param repeatable whether the key is the client's own
 * @param context what it has seen of the cart, null if it does not say
 * @param ifMatch tags of which the cart must have one, null if any will do
 */
record WriteHeaders(
        String idempotencyKey,
        boolean repeatable,
        @Nullable String context,
        @Nullable List<String> ifMatch) {

    static WriteHeaders of(@Nullable String idempotencyKey, @Nullable String context, @Nullable List<String> ifMatch) {
        return idempotencyKey == null
                ? new WriteHeaders(UUID.randomUUID().toString(), false, context, ifMatch)
                : new WriteHeaders(idempotencyKey, true, context, ifMatch);
    }
}
