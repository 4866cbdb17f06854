package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames cut out of a stream of bytes, as it comes. */
class FramesTests {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2, 2};
    private static final byte[] THREE = {3, 3, 3};

    private final Frames.Decoder decoder = new Frames.Decoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @Test
    void bodiesComeOutAsTheyWentInHoweverTheStreamIsCut() {
        Property.holds(300, random -> {
            Generators some = new Generators(random);
            EmbeddedChannel fresh = new EmbeddedChannel(new Frames.Decoder());
            List<byte[]> bodies = some.some(
                    5, () -> new ByteWriter().writeBlock(some.bytes(200)).toByteArray());
            pieces(frames(bodies), random).forEach(piece -> fresh.writeInbound(Unpooled.wrappedBuffer(piece)));

            assertThat(received(fresh)).usingRecursiveComparison().isEqualTo(bodies);
        });
    }

    @Test
    void noFlippedBitGetsThrough() {
        byte[] stream = frames(List.of(ONE, TWO));
        for (int bit = 0; bit < 8 * stream.length; bit++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new Frames.Decoder());
            byte[] changed = Damage.flipBit(stream, bit);
            try {
                fresh.writeInbound(Unpooled.wrappedBuffer(changed));
            } catch (DecoderException e) {
                assertThat(e).hasCauseInstanceOf(MalformedBytesException.class);
            }
            List<byte[]> unharmed = bit / 8 < Frames.HEADER_BYTES + ONE.length ? List.of() : List.of(ONE);

            assertThat(received(fresh))
                    .as("bit %d", bit)
                    .usingRecursiveComparison()
                    .isEqualTo(unharmed);
        }
    }

    @Test
    void whatFollowsADamagedFrameIsNotTrusted() {
        byte[] stream = frames(List.of(ONE, TWO, THREE));
        byte[] changed = Damage.flipBit(stream, 8 * (2 * Frames.HEADER_BYTES + ONE.length));

        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(changed)))
                .hasCauseInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("checksum");
        channel.writeInbound(Unpooled.wrappedBuffer(frames(List.of(THREE))));
        assertThat(channel.finish()).isTrue();
        assertThat(received(channel)).usingRecursiveComparison().isEqualTo(List.of(ONE));
    }

    @Test
    void aFrameThatIsTooLongIsRefusedBeforeItIsThere() {
        ByteBuf header = Unpooled.buffer().writeInt(Handshake.MAX_BYTES + 1).writeInt(0);

        assertThatThrownBy(() -> channel.writeInbound(header))
                .hasCauseInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("a frame of 1025 bytes, allowed are 1024");
    }

    @Test
    void soIsOneOfNoOrLessThanNoBytes() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE}) {
            EmbeddedChannel fresh = new EmbeddedChannel(new Frames.Decoder());
            ByteBuf header = Unpooled.buffer().writeInt(length).writeInt(0);

            assertThatThrownBy(() -> fresh.writeInbound(header)).hasCauseInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void afterTheHandshakeFramesMayBeLonger() {
        decoder.allow(5_000);
        byte[] body = new byte[5_000];
        channel.writeInbound(Unpooled.wrappedBuffer(frames(List.of(body))));

        assertThat(received(channel)).usingRecursiveComparison().isEqualTo(List.of(body));
    }

    private static byte[] frames(List<byte[]> bodies) {
        ByteWriter stream = new ByteWriter();
        for (byte[] body : bodies) {
            ByteBuf frame = Frames.frame(UnpooledByteBufAllocator.DEFAULT, out -> out.writeRaw(body));
            byte[] bytes = new byte[frame.readableBytes()];
            frame.readBytes(bytes).release();
            stream.writeRaw(bytes);
        }
        return stream.toByteArray();
    }

    private static List<byte[]> pieces(byte[] stream, SeededRandom random) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        while (from < stream.length) {
            int to = (int) random.between(from + 1, Math.min(stream.length, from + 100));
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        return pieces;
    }

    private static List<byte[]> received(EmbeddedChannel channel) {
        List<byte[]> bodies = new ArrayList<>();
        for (ByteReader in = channel.readInbound(); in != null; in = channel.readInbound()) {
            bodies.add(in.readRaw(in.remaining()));
        }
        return bodies;
    }
}
