package io.dynamocart.app.cart;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Carts as the store keeps them: CBOR, and always the same bytes for the same cart. What a later release has added to a
 * cart survives being read and written by this one.
 */
final class CartCodec {

    private static final CBORMapper MAPPER = CBORMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private CartCodec() {}

    /** The number of a stored cart's format, whatever else is in it. */
    private record Numbered(@JsonProperty("v") int format) {}

    /** What is in the store in the place of a cart, and is none. It is left as it is. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Writes a cart.
     *
     * @throws CartProblem.LimitExceeded if no value of the store can hold it, which merges can bring about, or
     *     thousands of removes with keys that can still be repeated
     */
    static Value encode(CartId cart, CartState state) {
        byte[] bytes = MAPPER.writeValueAsBytes(StoredCart.of(state));
        if (bytes.length > Value.MAX_BYTES) {
            throw new CartProblem.LimitExceeded(
                    "cart %s would be larger than the store can hold; take lines out of it by requests without an Idempotency-Key, for a merge out of the guest's cart first"
                            .formatted(cart));
        }
        return Value.of(bytes);
    }

    /** An order of what this release does not know that is the same on every node: that of its bytes. */
    static int compareUnknown(Object left, Object right) {
        return Arrays.compareUnsigned(MAPPER.writeValueAsBytes(left), MAPPER.writeValueAsBytes(right));
    }

    /**
     * Reads a cart.
     *
     * @param dot the version it was found in, which names the entries that it brought in
     * @throws CartProblem.OfLaterRelease if it is of a format that only later releases know
     * @throws Unreadable if it is none
     */
    static CartState decode(CartId cart, Value value, Dot dot) {
        byte[] bytes = value.toByteArray();
        try {
            StoredCart stored = MAPPER.readValue(bytes, StoredCart.class);
            if (stored.format() != StoredCart.FORMAT) {
                throw new IllegalArgumentException("format " + stored.format());
            }
            return stored.toState(dot);
        } catch (JacksonException | IllegalArgumentException e) {
            int format = formatOf(bytes);
            if (format > StoredCart.FORMAT) {
                throw new CartProblem.OfLaterRelease(cart, format, StoredCart.FORMAT);
            }
            throw new Unreadable("version %s is not a cart".formatted(dot), e);
        }
    }

    /** The one thing of a cart that no release changes; 0 if it has none. */
    private static int formatOf(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, Numbered.class).format();
        } catch (JacksonException e) {
            return 0;
        }
    }
}
