package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ContextTests {

    private static final Key KEY = Key.of("cart-1");
    private static final Dot DOT = new Dot(new Actor("node-1", 42), 3);
    private static final Context CONTEXT = new Context(KEY, Clock.of(DOT), Clock.empty(), "node-1");

    private final ContextSeal seal = new ContextSeal("secret".getBytes(StandardCharsets.UTF_8));

    @Test
    void comesBackAsItWentOut() {
        assertThat(seal.open(KEY, seal.seal(CONTEXT))).isEqualTo(CONTEXT);
        assertThat(seal.open(KEY, seal.seal(Context.none(KEY)))).isEqualTo(Context.none(KEY));
    }

    @Test
    void isSafeInAUrl() {
        assertThat(seal.seal(CONTEXT)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isGoodForItsKeyOnly() {
        String sealed = seal.seal(CONTEXT);

        assertThatThrownBy(() -> seal.open(Key.of("cart-2"), sealed)).isInstanceOf(InvalidContextException.class);
    }

    @Test
    void isGoodInItsClusterOnly() {
        String foreign = new ContextSeal("other".getBytes(StandardCharsets.UTF_8)).seal(CONTEXT);

        assertThatThrownBy(() -> seal.open(KEY, foreign)).isInstanceOf(InvalidContextException.class);
    }

    @Test
    void isRefusedAfterAnyChange() {
        String sealed = seal.seal(CONTEXT);

        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> seal.open(KEY, changed)).isInstanceOf(InvalidContextException.class);
        }
        for (String junk : new String[] {"", "A", "%%%", "hello world", "A".repeat(5_000)}) {
            assertThatThrownBy(() -> seal.open(KEY, junk)).isInstanceOf(InvalidContextException.class);
        }
    }

    @Test
    void isCutToItsLengthAndKeepsTheVersionsThatWereShown() {
        Clock past = Clock.of(LongStream.range(0, 1_000)
                .mapToObj(birth -> new Dot(new Actor("node-with-a-long-name", birth * 7_919), birth + 1))
                .toArray(Dot[]::new));
        String sealed = seal.seal(new Context(KEY, Clock.of(DOT), past, "node-1"));

        assertThat(sealed).hasSizeLessThanOrEqualTo(ContextSeal.MAX_LENGTH);
        Context opened = seal.open(KEY, sealed);
        assertThat(opened.heads()).isEqualTo(Clock.of(DOT));
        assertThat(past.covers(opened.past())).isTrue();
        assertThat(opened.past().isEmpty()).isFalse();
    }

    @Test
    void afterAPutItCoversThatPutAndWhatWasSeenBefore() {
        Dot put = new Dot(new Actor("node-2", 1), 1);

        assertThat(CONTEXT.after(put).clock()).isEqualTo(Clock.of(DOT, put));
        assertThat(CONTEXT.after(put).heads()).isEqualTo(Clock.of(put));
    }
}
