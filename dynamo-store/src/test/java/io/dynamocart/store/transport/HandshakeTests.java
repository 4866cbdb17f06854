package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.transport.Handshake.Hello;
import io.dynamocart.store.transport.Handshake.Welcome;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who is let in (docs/invariants.md D18). */
class HandshakeTests {

    private static final Protocol OURS = new Protocol(2, 4);
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    @Test
    void aCallerOfTheSameClusterAndVersionIsLetIn() {
        assertThat(Handshake.refusal(new Hello(OURS, "shop", B, "host-b:1", 7), OURS, "shop", A))
                .isNull();
    }

    @Test
    void theHighestVersionThatBothSpeakIsSpoken() {
        assertThat(OURS.common(new Protocol(1, 2))).hasValue(2);
        assertThat(OURS.common(new Protocol(3, 3))).hasValue(3);
        assertThat(OURS.common(new Protocol(1, 9))).hasValue(4);
        assertThat(OURS.common(new Protocol(1, 1))).isEmpty();
        assertThat(OURS.common(new Protocol(5, 9))).isEmpty();
    }

    @Test
    void whoSpeaksNoneOfThemIsRefusedAndToldWhomToUpgrade() {
        assertThat(Handshake.refusal(new Hello(new Protocol(1, 1), "shop", B, "host-b:1", 7), OURS, "shop", A))
                .isEqualTo(
                        "it speaks protocol version 1, this node 2 to 4: upgrade it first, to a release that speaks both");
        assertThat(Handshake.refusal(new Hello(new Protocol(5, 6), "shop", B, "host-b:1", 7), OURS, "shop", A))
                .isEqualTo(
                        "it speaks protocol version 5 to 6, this node 2 to 4: upgrade this node first, to a release that speaks both");
    }

    @Test
    void aNodeCanBeToldToSpeakOlderVersionsOnly() {
        assertThat(OURS.upTo(3)).isEqualTo(new Protocol(2, 3));
        assertThatThrownBy(() -> OURS.upTo(5)).hasMessage("protocol version 5 is not known here, only 2 to 4");
        assertThatThrownBy(() -> OURS.upTo(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHelloByTheFirstVersionAloneIsWhatNodesOfThatVersionExpect() {
        byte[] hello = bytes(new Hello(new Protocol(1, 1), "shop", B, "b:1", 7)::writeTo);
        byte[] ofVersionOne = bytes(out -> out.writeLong(0x44796e616d6f4361L)
                .writeVarint(1)
                .writeString("shop")
                .writeString("b")
                .writeString("b:1")
                .writeLong(7));

        assertThat(hello).isEqualTo(ofVersionOne);
        assertThat(bytes(new Welcome(A, null, 7, "proof", 1)::writeTo))
                .isEqualTo(bytes(out -> out.writeLong(0x44796e616d6f4361L)
                        .writeString("a")
                        .writeString("")
                        .writeLong(7)
                        .writeString("proof")));
    }

    @Test
    void anotherClusterIsRefusedAndBothAreNamed() {
        assertThat(Handshake.refusal(new Hello(OURS, "test", B, "host-b:1", 7), OURS, "shop", A))
                .isEqualTo("it belongs to cluster 'test', this node to 'shop'");
    }

    @Test
    void aNodeOfTheSameNameIsRefusedAndToldWhatToDo() {
        assertThat(Handshake.refusal(new Hello(OURS, "shop", A, "host-b:1", 7), OURS, "shop", A))
                .contains("named a like this node", "dynamo.store.node-id");
    }

    @Test
    void helloAndWelcomeComeOutAsTheyWentIn() {
        Property.holds(300, random -> {
            Generators some = new Generators(random);
            Hello hello = new Hello(some(random), some.text(20), some.nodeId(), some.text(20), random.nextLong());
            Welcome welcome = new Welcome(
                    some.nodeId(),
                    some.chance() ? null : "no: " + some.text(50),
                    random.nextLong(),
                    some.text(64),
                    1 + random.nextInt(9));

            assertThat(hello(bytes(hello::writeTo))).hasValue(hello);
            assertThat(welcome(bytes(welcome::writeTo))).hasValue(welcome);
        });
    }

    @Test
    void damagedBytesAreNeitherOrOneThatCanBeSaidAgain() {
        Property.holds(5_000, random -> {
            Generators some = new Generators(random);
            byte[] changedHello = Damage.any(
                    bytes(new Hello(some(random), some.text(20), some.nodeId(), some.text(20), 7)::writeTo), random);
            byte[] changedWelcome = Damage.any(
                    bytes(new Welcome(some.nodeId(), some.text(20), 7, some.text(64), 1 + random.nextInt(9))::writeTo),
                    random);

            hello(changedHello)
                    .ifPresent(read -> assertThat(bytes(read::writeTo)).isEqualTo(changedHello));
            welcome(changedWelcome)
                    .ifPresent(read -> assertThat(bytes(read::writeTo)).isEqualTo(changedWelcome));
        });
    }

    private static Protocol some(SeededRandom random) {
        int lowest = 1 + random.nextInt(5);
        return new Protocol(lowest, lowest + random.nextInt(5));
    }

    private static byte[] bytes(Consumer<ByteWriter> write) {
        ByteWriter out = new ByteWriter();
        write.accept(out);
        return out.toByteArray();
    }

    private static Optional<Hello> hello(byte[] bytes) {
        return Damage.read(bytes, read -> Hello.readFrom(new ByteReader(read)));
    }

    private static Optional<Welcome> welcome(byte[] bytes) {
        return Damage.read(bytes, read -> Welcome.readFrom(new ByteReader(read)));
    }
}
