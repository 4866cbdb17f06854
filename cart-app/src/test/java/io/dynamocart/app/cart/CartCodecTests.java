package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.cbor.CBORMapper;

class CartCodecTests {

    private static final Dot DOT = new Dot(new Actor("node-1", 1), 1);
    private static final CBORMapper CBOR = new CBORMapper();
    private static final CartId CART = new CartId("cart-1");

    @Test
    void readsWhatItWrote() {
        Property.holds(1_000, random -> {
            CartState cart = RandomCarts.cart(random);

            assertThat(CartCodec.decode(CartCodec.encode(CART, cart), DOT)).isEqualTo(cart);
        });
    }

    @Test
    void writesTheSameBytesForTheSameCart() {
        Property.holds(200, random -> {
            CartState cart = RandomCarts.cart(random);
            CartState again = CartCodec.decode(CartCodec.encode(CART, cart), DOT);

            assertThat(CartCodec.encode(CART, again)).isEqualTo(CartCodec.encode(CART, cart));
        });
    }

    @Test
    void namesTheEntriesThatTheVersionBroughtIn() {
        OperationId id = OperationId.of(new CartId("c"), "key");
        Entry fresh = Entry.adding(id, new ItemId("i"), 2, 100, Instant.EPOCH);
        CartState cart =
                new CartState(new TreeMap<>(Map.of(id, fresh)), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

        assertThat(CartCodec.decode(CartCodec.encode(CART, cart), DOT)).isEqualTo(cart.foundIn(DOT));
        assertThat(cart.foundIn(DOT).entriesOf(new ItemId("i")).getFirst().births())
                .containsExactly(DOT);
    }

    @Test
    void keepsWhatALaterReleaseHasAdded() {
        CartState cart = RandomCarts.cart(new SeededRandom(1));
        Map<String, Object> later =
                CBOR.readValue(CartCodec.encode(CART, cart).toByteArray(), new TypeReference<>() {});
        later.put("coupons", List.of("SPRING"));
        CartState read = CartCodec.decode(Value.of(CBOR.writeValueAsBytes(later)), DOT);
        Map<?, ?> written = CBOR.readValue(CartCodec.encode(CART, read).toByteArray(), Map.class);

        assertThat(written.get("coupons")).isEqualTo(List.of("SPRING"));
    }

    @Test
    void refusesWhatIsNoCart() {
        for (Value value :
                new Value[] {Value.of("hello"), Value.of(new byte[0]), Value.of(CBOR.writeValueAsBytes(Map.of("v", 2)))
                }) {
            assertThatThrownBy(() -> CartCodec.decode(value, DOT)).isInstanceOf(CartCodec.Unreadable.class);
        }
    }
}
