package io.dynamocart.app.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.app.cart.Remembered.Retention;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Value;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.cbor.CBORMapper;

class CartCodecTests {

    private static final Dot DOT = new Dot(new Actor("node-1", 1), 1);
    private static final ItemId APPLE = new ItemId("apple");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final CBORMapper CBOR = new CBORMapper();
    private static final CartId CART = new CartId("cart-1");

    /** As the first release wrote it. */
    private static final String STORED = """
            bf617601616583bf626964841b12208a4806906fb03b071fcabcba51df9f3b1c4f3bbd6703e3eb3b65040b37669046db
            6169656170706c6561628183666e6f64652d3101016171016170186461741b000001a1fd8c69006178f5ffbf62696484
            1b68694e3fb25f1cbb3b234b481342c4823a3b1c4f3bbd6703e3eb3b65040b37669046db6169656170706c6561628183
            666e6f64652d310101617360617102617018c861741b000001a1fd8c6900ffbf626964843b0dee34d69abdee0e1b1db6
            a44e7be629e23b1c4f3bbd6703e3eb3b65040b37669046db6169656170706c6561628183666e6f64652d310101617368
            7265676973746572617103617019012c61741b000001a1fd8c69006167f5ff617284bf626964841b2a4a4f15fa04c814
            3b2b6628275fc01e6b3b1c4f3bbd6703e3eb3b65040b37669046db6167f561741b000001a1fd8c6900ffbf626964841b
            55f1b569e6ba841e3b47bfd53960c8fd413b1c4f3bbd6703e3eb3b65040b37669046db61741b000001a1fd8c6900ffbf
            626964843b3d8a8a44e826c86d3b7c5ff9379f37a4be3b1c4f3bbd6703e3eb3b65040b37669046db6169656170706c65
            6167f561741b000001a1fd8c6900ffbf626964843b1a072824324b42f73b76338f30203b90ce3b1c4f3bbd6703e3eb3b
            65040b37669046db6169656170706c6561741b000001a1fd8c6900ff616f81bf616e7820383565376635346137663464
            3865646131396431623764303363663964613838626964841b55f1b569e6ba841e3b47bfd53960c8fd413b1c4f3bbd67
            03e3eb3b65040b37669046db616c81bf6169656170706c6561710161701864ff616b81843b1a072824324b42f73b7633
            8f30203b90ce3b1c4f3bbd6703e3eb3b65040b37669046db61741b000001a1fd8c6900ffff
            """.replace("\n", "");

    @Test
    void readsWhatItWrote() {
        Property.holds(1_000, random -> {
            CartState cart = RandomCarts.cart(random);

            assertThat(CartCodec.decode(CART, CartCodec.encode(CART, cart), DOT))
                    .isEqualTo(cart);
        });
    }

    @Test
    void writesTheSameBytesForTheSameCart() {
        Property.holds(200, random -> {
            CartState cart = RandomCarts.cart(random);
            CartState again = CartCodec.decode(CART, CartCodec.encode(CART, cart), DOT);

            assertThat(CartCodec.encode(CART, again)).isEqualTo(CartCodec.encode(CART, cart));
        });
    }

    @Test
    void namesTheEntriesThatTheVersionBroughtIn() {
        OperationId id = OperationId.of(new CartId("c"), "key");
        Entry fresh = Entry.adding(id, new ItemId("i"), 2, 100, Instant.EPOCH);
        CartState cart =
                new CartState(new TreeMap<>(Map.of(id, fresh)), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

        assertThat(CartCodec.decode(CART, CartCodec.encode(CART, cart), DOT)).isEqualTo(cart.foundIn(DOT));
        assertThat(cart.foundIn(DOT).entriesOf(new ItemId("i")).getFirst().births())
                .containsExactly(DOT);
    }

    @Test
    void keepsWhatALaterReleaseHasAdded() {
        CartState cart = RandomCarts.cart(new SeededRandom(1));
        Map<String, Object> later =
                CBOR.readValue(CartCodec.encode(CART, cart).toByteArray(), new TypeReference<>() {});
        later.put("coupons", List.of("SPRING"));
        CartState read = CartCodec.decode(CART, Value.of(CBOR.writeValueAsBytes(later)), DOT);
        Map<?, ?> written = CBOR.readValue(CartCodec.encode(CART, read).toByteArray(), Map.class);

        assertThat(written.get("coupons")).isEqualTo(List.of("SPRING"));
    }

    /** Carts on disk have these bytes; a release that writes others has to read these all the same. */
    @Test
    void bytesOnDiskNeverChange() {
        CartState cart = CartCodec.decode(CART, Value.of(HexFormat.of().parseHex(STORED)), DOT);

        assertThat(HexFormat.of().formatHex(CartCodec.encode(CART, cart).toByteArray()))
                .isEqualTo(STORED);
        assertThat(cart).isEqualTo(ofEveryKind());
    }

    @Test
    void refusesWhatIsNoCart() {
        for (Value value : List.of(
                Value.of("hello"),
                Value.of(new byte[0]),
                stored(Map.of("e", List.of())),
                stored(Map.of("v", 0)),
                stored(Map.of("v", "two")),
                stored(Map.of("v", List.of(2))),
                stored(Map.of("v", 1, "e", "entries")))) {
            assertThatThrownBy(() -> CartCodec.decode(CART, value, DOT)).isInstanceOf(CartCodec.Unreadable.class);
        }
    }

    /** Whatever that release has made of it: only its number stays where it is. */
    @Test
    void knowsACartOfALaterReleaseByItsNumberAlone() {
        for (Value value : List.of(
                stored(Map.of("v", 2)),
                stored(Map.of("v", 2, "e", List.of())),
                stored(Map.of("v", 2, "e", Map.of("socks", List.of(1)))),
                stored(Map.of("v", 2, "r", "none", "o", 7)))) {
            assertThatThrownBy(() -> CartCodec.decode(CART, value, DOT))
                    .isInstanceOf(CartProblem.OfLaterRelease.class)
                    .hasMessage(
                            "cart cart-1 was written by a later release (format 2, this instance reads 1); instances of that release serve it");
        }
    }

    private static Value stored(Map<String, ?> fields) {
        return Value.of(CBOR.writeValueAsBytes(new TreeMap<>(fields)));
    }

    private static CartState ofEveryKind() {
        List<Entry> entries = List.of(
                entry("adds", new Effect.Adds(), 1, true, false),
                entry("sets", new Effect.Sets(Register.OWN), 2, false, false),
                entry("sets in another", new Effect.Sets(new Register("register")), 3, false, true));
        List<Remembered> remembered = List.of(
                new Remembered(id("undone"), APPLE, Retention.WHILE_REPEATABLE, AT),
                new Remembered(id("done"), null, Retention.WHILE_REPEATABLE, AT),
                new Remembered(id("copied"), APPLE, Retention.WHILE_GUESTS_LIVE, AT),
                new Remembered(id("release"), null, Retention.WHILE_STANDING, AT));
        Order order = Order.of(CART, id("done"), List.of(new Line(APPLE, 1, 100)), List.of(id("undone")), AT);
        return new CartState(
                new TreeMap<>(entries.stream().collect(Collectors.toMap(Entry::operation, entry -> entry))),
                new TreeMap<>(remembered.stream().collect(Collectors.toMap(Remembered::operation, one -> one))),
                new TreeMap<>(Map.of(order.id(), order)),
                new TreeMap<>());
    }

    private static Entry entry(String key, Effect effect, int quantity, boolean outdated, boolean copied) {
        return new Entry(id(key), APPLE, List.of(DOT), effect, quantity, quantity * 100L, AT, outdated, copied);
    }

    private static OperationId id(String key) {
        return OperationId.of(CART, key);
    }
}
