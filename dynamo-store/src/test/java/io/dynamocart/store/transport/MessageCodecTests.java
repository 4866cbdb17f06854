package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.CoordinatePut;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Messages on the wire. That their bytes are as they were sent is for {@link Frames} to know. */
class MessageCodecTests {

    @Test
    void everyKindOfMessageComesBackAsItWentOut() {
        Property.holds(300, random -> {
            for (Class<?> kind : Messages.kinds()) {
                Message message = Messages.draw(kind, new Generators(random));

                assertThat(decode(encode(message))).hasValue(message);
            }
        });
    }

    @Test
    void everyKindHasAFirstByteOfItsOwn() {
        TreeSet<Byte> firstBytes = new TreeSet<>();
        Property.holds(1, random -> {
            for (Class<?> kind : Messages.kinds()) {
                firstBytes.add(encode(Messages.draw(kind, new Generators(random)))[0]);
            }
        });

        assertThat(firstBytes).hasSameSizeAs(Messages.kinds());
    }

    @Test
    void noMessageIsReadWhereOneWasCutOff() {
        Property.holds(300, random -> {
            byte[] bytes = encode(Messages.draw(new Generators(random)));
            for (int length = 0; length < bytes.length; length++) {
                assertThat(decode(Arrays.copyOf(bytes, length))).isEmpty();
            }
        });
    }

    @Test
    void norWhereSomethingFollows() {
        Property.holds(300, random -> {
            byte[] bytes = encode(Messages.draw(new Generators(random)));

            assertThat(decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
        });
    }

    @Test
    void changedBytesAreNoMessageOrOneThatCanBeSentLikeAnyOther() {
        Property.holds(6_000, random -> {
            byte[] changed = Damage.any(encode(Messages.draw(new Generators(random))), random);

            decode(changed)
                    .ifPresent(message -> assertThat(decode(encode(message))).hasValue(message));
        });
    }

    @Test
    void aPutThatNobodyCouldCarryOutIsNoMessage() {
        Key key = Key.of("cart-1");
        Duration second = Duration.ofSeconds(1);
        for (Message put : List.of(
                new CoordinatePut(1, key, Context.none(key), null, 0, 0, false, second),
                new CoordinatePut(1, key, Context.none(key), null, 3, 0, false, second),
                new CoordinatePut(1, key, Context.none(key), null, 2, 3, false, second),
                new CoordinatePut(1, key, Context.none(key), null, 3, 2, false, Duration.ZERO))) {
            assertThat(decode(encode(put))).as("%s", put).isEmpty();
        }
    }

    @Test
    void onlyARequestIsInATraceAndOnlyInOne() {
        byte[] traced = encode(new Message.Traced(new TraceParent(1, 2, 3), new Message.Ping(4)));
        byte[] trace = Arrays.copyOf(traced, 1 + 3 * Long.BYTES);

        assertThat(decode(joined(trace, encode(new Message.Pong(4))))).isEmpty();
        assertThat(decode(joined(trace, traced))).isEmpty();
        assertThat(decode(joined(trace, encode(new Message.Ping(4))))).isPresent();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return new ByteWriter().writeRaw(first).writeRaw(second).toByteArray();
    }

    @Test
    void anUnknownKindIsReportedAsThat() {
        assertThatThrownBy(() -> MessageCodec.decode(new ByteReader(new byte[] {99, 1, 2, 3})))
                .hasMessage("message kind 99 is not known here");
    }

    static byte[] encode(Message message) {
        ByteWriter out = new ByteWriter();
        MessageCodec.encode(message, out);
        return out.toByteArray();
    }

    private static Optional<Message> decode(byte[] bytes) {
        return Damage.read(bytes, read -> MessageCodec.decode(new ByteReader(read)));
    }
}
