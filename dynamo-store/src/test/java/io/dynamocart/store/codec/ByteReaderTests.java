package io.dynamocart.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.simulation.Property;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ByteReaderTests {

    @Test
    void readsWhatWasWritten() {
        Property.holds(500, random -> {
            Generators some = new Generators(random);
            long number = random.chance(0.5) ? some.number() : -some.number();
            byte[] block = some.bytes(50);
            String text = some.text(50);
            ByteWriter out =
                    new ByteWriter().writeVarint(number).writeLong(number).writeBlock(block);
            ByteReader in =
                    new ByteReader(out.writeString(text).writeBoolean(true).toByteArray());

            assertThat(in.readVarint()).isEqualTo(number);
            assertThat(in.readLong()).isEqualTo(number);
            assertThat(in.readBlock()).isEqualTo(block);
            assertThat(in.readString()).isEqualTo(text);
            assertThat(in.readBoolean()).isTrue();
            in.expectEnd();
        });
    }

    @Test
    void aNumberHasOneFormOnly() {
        refuses(ByteReader::readVarint, 0x80, 0x00);
        refuses(ByteReader::readVarint, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02);
        refuses(ByteReader::readVarint, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
    }

    @Test
    void aTextIsUtf8() {
        refuses(ByteReader::readString, 2, 'a', 0xff);
        byte[] replacement = new ByteWriter().writeString("a\uFFFD").toByteArray();
        assertThat(new ByteReader(replacement).readString()).isEqualTo("a\uFFFD");
        assertThat("a\uFFFD".getBytes(StandardCharsets.UTF_8)).hasSize(replacement.length - 1);
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        refuses(ByteReader::readByte);
        refuses(ByteReader::readVarint, 0x80);
        refuses(ByteReader::readLong, 1, 2, 3, 4, 5, 6, 7);
        refuses(ByteReader::readBlock, 3, 1, 2);
        refuses(ByteReader::readString, 3, 'a', 'b');
        refuses(in -> in.readRaw(Integer.MAX_VALUE), 1);
        refuses(in -> in.skip(-1), 1);
    }

    @Test
    void aCountIsNoMoreThanWhatIsLeft() {
        refuses(ByteReader::readCount, 2, 1);
        refuses(ByteReader::readCount, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
    }

    @Test
    void aNumberThatIsBoundedIsWithinItsBounds() {
        refuses(in -> in.readInt(9), 10);
        refuses(ByteReader::readBoolean, 2);
        assertThat(new ByteReader(new byte[] {9}).readInt(9)).isEqualTo(9);
    }

    @Test
    void whatIsLeftOverIsTooMuch() {
        refuses(ByteReader::expectEnd, 1);
    }

    private static void refuses(Consumer<ByteReader> read, int... bytes) {
        ByteWriter out = new ByteWriter();
        for (int value : bytes) {
            out.writeByte(value);
        }
        assertThatThrownBy(() -> read.accept(new ByteReader(out.toByteArray())))
                .isInstanceOf(MalformedBytesException.class);
    }
}
