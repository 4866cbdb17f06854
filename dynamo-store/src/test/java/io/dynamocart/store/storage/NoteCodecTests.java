package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.simulation.Property;
import org.junit.jupiter.api.Test;

/** A note on disk comes back as it was written, or is reported as damaged. */
class NoteCodecTests {

    private static final byte[] BYTES = NoteCodec.encode("membership", new byte[] {1, 2, 3});

    @Test
    void aNoteComesBackAsItWasWritten() {
        Property.holds(200, random -> {
            byte[] note = new Generators(random).bytes(1_000);

            assertThat(NoteCodec.decode("membership", NoteCodec.encode("membership", note)))
                    .isEqualTo(note);
        });
    }

    @Test
    void noFlippedBitIsEverTakenForANote() {
        for (int bit = 0; bit < 8 * BYTES.length; bit++) {
            assertDamaged("membership", Damage.flipBit(BYTES, bit));
        }
    }

    @Test
    void norIsOneThatWasCutOffOrOverwrittenOrHasAnotherName() {
        Property.holds(500, random -> assertDamaged("membership", Damage.any(BYTES, random)));
        assertDamaged("hints", BYTES);
    }

    @Test
    void aLaterFormatIsReportedAsThat() {
        byte[] later = BYTES.clone();
        later[0] = 2;

        assertThatThrownBy(() -> NoteCodec.decode("membership", later))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessage("note format 2, this node reads 1");
    }

    private static void assertDamaged(String name, byte[] bytes) {
        assertThat(Damage.read(bytes, read -> NoteCodec.decode(name, read))).isEmpty();
    }
}
