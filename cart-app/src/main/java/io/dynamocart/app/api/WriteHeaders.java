package io.dynamocart.app.api;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

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

    /** Whether a method takes them, as all do that change carts; a merge is one though it is a GET. */
    static boolean areTakenBy(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(WriteHeaders.class));
    }
}
