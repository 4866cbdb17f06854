package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Contexts that come back from outside, as whatever text they may (paper §4.1, docs/invariants.md D19). */
class ContextSealTests {

    private static final Key KEY = Key.of("cart-1");
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    private final ContextSeal seal = new ContextSeal(SECRET);

    @Test
    void aContextComesBackAsItWentOut() {
        Property.holds(1_000, random -> {
            Generators some = new Generators(random);
            Key key = some.key();
            Context context = some.context(key);

            assertThat(seal.open(key, seal.seal(context))).isEqualTo(context);
        });
    }

    @Test
    void aLongOneComesBackAsOneThatCoversLess() {
        Property.holds(50, random -> {
            Generators some = new Generators(random);
            Context context = new Context(KEY, clocks(some, 40), clocks(some, 40), null);
            String text = seal.seal(context);
            Context opened = seal.open(KEY, text);

            assertThat(text).hasSizeLessThanOrEqualTo(ContextSeal.MAX_LENGTH);
            assertThat(context.heads().covers(opened.heads())).isTrue();
            assertThat(context.past().covers(opened.past())).isTrue();
            assertThat(opened.isEmpty()).isFalse();
        });
    }

    @Test
    void aChangedTextIsRefusedOrStillTheSameContext() {
        Property.holds(5_000, random -> {
            Context context = new Generators(random).context(KEY);
            String changed = changed(seal.seal(context), random);

            open(changed).ifPresent(opened -> assertThat(opened).isEqualTo(context));
        });
    }

    @Test
    void anythingElseIsRefused() {
        Property.holds(5_000, random -> {
            Generators some = new Generators(random);
            byte[] noise = some.bytes(300);

            assertThat(open(some.text(100))).isEmpty();
            assertThat(open(Base64.getUrlEncoder().encodeToString(noise))).isEmpty();
        });
    }

    /** With the right secret, as after a downgrade. */
    @Test
    void aTextOfALaterFormatIsRefusedAndBothAreNamed() throws GeneralSecurityException {
        assertThatThrownBy(() -> seal.open(KEY, sealed(new byte[] {2, 0, 0, 0})))
                .isInstanceOf(InvalidContextException.class)
                .hasMessage("the context has format 2, this node reads 1");
    }

    @Test
    void soIsOneThatIsSealedAndYetNotReadable() throws GeneralSecurityException {
        assertThat(open(sealed(new byte[] {1, 0, 0, 0}))).hasValue(Context.none(KEY));
        for (byte[] body : new byte[][] {{1}, {1, 9}, {1, 0, 5}, {1, 0, 0, 0, 0}, {1, 0, 0, -1, -1, -1, -1, 7}}) {
            assertThat(open(sealed(body))).isEmpty();
        }
    }

    private Optional<Context> open(String text) {
        try {
            return Optional.of(seal.open(KEY, text));
        } catch (InvalidContextException e) {
            return Optional.empty();
        }
    }

    private static String sealed(byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        mac.update(new ByteWriter().writeBlock(KEY.toByteArray()).toByteArray());
        ByteWriter out = new ByteWriter().writeRaw(body).writeRaw(Arrays.copyOf(mac.doFinal(body), 16));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static String changed(String text, SeededRandom random) {
        int at = random.nextInt(text.length());
        String head = text.substring(0, at);
        String tail = text.substring(at);
        return switch (random.nextInt(4)) {
            case 0 -> head;
            case 1 -> tail + head;
            case 2 -> head + (char) random.nextInt(256) + tail;
            default -> head + (char) random.nextInt(128) + tail.substring(1);
        };
    }

    private static Clock clocks(Generators some, int count) {
        Clock clock = some.clock();
        for (int i = 0; i < count; i++) {
            clock = clock.join(some.clock());
        }
        return clock;
    }
}
