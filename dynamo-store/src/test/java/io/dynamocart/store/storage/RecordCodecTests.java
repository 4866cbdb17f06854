package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.port.StoredRecord;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.version.Key;
import org.junit.jupiter.api.Test;

/** A record on disk comes back as it was written, or is reported as damaged (docs/invariants.md D23). */
class RecordCodecTests {

    private static final Key KEY = Key.of("cart-1");

    @Test
    void aRecordComesBackAsItWasWritten() {
        Property.holds(1_000, random -> {
            Generators some = new Generators(random);
            Key key = some.key();
            StoredRecord record = some.record();

            assertThat(RecordCodec.decode(key, RecordCodec.encode(key, record))).isEqualTo(record);
        });
    }

    @Test
    void noFlippedBitIsEverTakenForARecord() {
        Property.holds(30, random -> {
            byte[] bytes = RecordCodec.encode(KEY, new Generators(random).record());
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                assertDamaged(KEY, Damage.flipBit(bytes, bit));
            }
        });
    }

    @Test
    void norIsOneThatWasCutOffOrOverwritten() {
        Property.holds(2_000, random -> {
            byte[] bytes = RecordCodec.encode(KEY, new Generators(random).record());

            assertDamaged(KEY, Damage.any(bytes, random));
        });
    }

    @Test
    void norIsOneThatTurnsUpUnderAnotherKey() {
        assertDamaged(Key.of("cart-2"), RecordCodec.encode(KEY, Records.numbered(1)));
    }

    @Test
    void aLaterFormatIsReportedAsThat() {
        byte[] bytes = RecordCodec.encode(KEY, Records.numbered(1));
        bytes[0] = 2;

        assertThatThrownBy(() -> RecordCodec.decode(KEY, bytes))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessage("record format 2, this node reads 1");
    }

    private static void assertDamaged(Key key, byte[] bytes) {
        assertThat(Damage.read(bytes, read -> RecordCodec.decode(key, read))).isEmpty();
    }
}
