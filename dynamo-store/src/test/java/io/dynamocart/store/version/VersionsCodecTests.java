package io.dynamocart.store.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.simulation.Property;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sets of versions as bytes. Equal sets have equal bytes, since those are compared and hashed in their place. */
class VersionsCodecTests {

    @Test
    void aSetComesBackAsItWentOutWithTheSameBytes() {
        Property.holds(1_000, random -> {
            Versions versions = new Generators(random).versions();

            assertThat(decode(versions.encode())).hasValue(versions);
            assertThat(writtenAgain(versions)).isEqualTo(versions.encode());
        });
    }

    @Test
    void changedBytesAreNoSetOrOneThatIsWrittenAgainTheSame() {
        Property.holds(6_000, random -> {
            byte[] changed = Damage.any(new Generators(random).versions().encode(), random);

            decode(changed).ifPresent(read -> assertThat(writtenAgain(read)).isEqualTo(changed));
        });
    }

    @Test
    void noSetIsReadWhereOneWasCutOff() {
        Property.holds(200, random -> {
            byte[] bytes = new Generators(random).versions().encode();
            for (int length = 0; length < bytes.length; length++) {
                assertThat(decode(Arrays.copyOf(bytes, length))).isEmpty();
            }
        });
    }

    @Test
    void countersAreOneToTheLargestNumberAndAscend() {
        assertClock(true, 1, 0);
        assertClock(true, Long.MAX_VALUE, 0);
        assertClock(true, 1, Long.MAX_VALUE - 1);
        assertClock(false, 0, 0);
        assertClock(false, Long.MAX_VALUE, 1);
        assertClock(false, Long.MAX_VALUE, -1);
        assertClock(false, 1, -1);
        assertClock(true, 1, 0, 2, 0);
        assertClock(false, 1, 0, 1, 0);
        assertClock(false, Long.MAX_VALUE - 1, 1, 3, 0);
    }

    /** A clock of one actor with these bounds of its ranges, each as its distance from the one before. */
    private static void assertClock(boolean readable, long... steps) {
        ByteWriter out = new ByteWriter().writeVarint(1);
        new Actor("a", 1).writeTo(out);
        out.writeVarint(steps.length / 2);
        Arrays.stream(steps).forEach(out::writeVarint);
        ByteReader in = new ByteReader(out.toByteArray());

        if (readable) {
            Clock clock = Clock.readFrom(in);
            assertThat(clock.highest(clock.actors().getFirst())).isPositive();
        } else {
            assertThatThrownBy(() -> Clock.readFrom(in)).isInstanceOf(MalformedBytesException.class);
        }
    }

    private static Optional<Versions> decode(byte[] bytes) {
        return Damage.read(bytes, Versions::decode);
    }

    /** Not the bytes that it was read from. */
    private static byte[] writtenAgain(Versions versions) {
        ByteWriter out = new ByteWriter().writeVarint(versions.list().size());
        versions.list().forEach(version -> version.writeTo(out));
        return out.toByteArray();
    }
}
