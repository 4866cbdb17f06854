package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.codec.Generators;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.transport.Handshake.Hello;
import io.dynamocart.store.transport.Handshake.Welcome;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who is let in (docs/invariants.md D18). */
class HandshakeTests {

    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    @Test
    void aCallerOfTheSameClusterAndVersionIsLetIn() {
        assertThat(Handshake.refusal(new Hello(Handshake.VERSION, "shop", B, "host-b:1", 7), "shop", A))
                .isNull();
    }

    @Test
    void anotherVersionOfTheProtocolIsRefusedAndBothAreNamed() {
        assertThat(Handshake.refusal(new Hello(2, "shop", B, "host-b:1", 7), "shop", A))
                .isEqualTo("it speaks protocol version 2, this node version 1");
    }

    @Test
    void anotherClusterIsRefusedAndBothAreNamed() {
        assertThat(Handshake.refusal(new Hello(Handshake.VERSION, "test", B, "host-b:1", 7), "shop", A))
                .isEqualTo("it belongs to cluster 'test', this node to 'shop'");
    }

    @Test
    void aNodeOfTheSameNameIsRefusedAndToldWhatToDo() {
        assertThat(Handshake.refusal(new Hello(Handshake.VERSION, "shop", A, "host-b:1", 7), "shop", A))
                .contains("named a like this node", "dynamo.store.node-id");
    }

    @Test
    void helloAndWelcomeComeOutAsTheyWentIn() {
        Property.holds(300, random -> {
            Generators some = new Generators(random);
            Hello hello =
                    new Hello(some.between(0, 99), some.text(20), some.nodeId(), some.text(20), random.nextLong());
            Welcome welcome = new Welcome(
                    some.nodeId(), some.chance() ? null : "no: " + some.text(50), random.nextLong(), some.text(64));

            assertThat(hello(bytes(hello::writeTo))).hasValue(hello);
            assertThat(welcome(bytes(welcome::writeTo))).hasValue(welcome);
        });
    }

    @Test
    void damagedBytesAreNeitherOrOneThatCanBeSaidAgain() {
        Property.holds(5_000, random -> {
            Generators some = new Generators(random);
            byte[] changedHello =
                    Damage.any(bytes(new Hello(1, some.text(20), some.nodeId(), some.text(20), 7)::writeTo), random);
            byte[] changedWelcome =
                    Damage.any(bytes(new Welcome(some.nodeId(), some.text(20), 7, some.text(64))::writeTo), random);

            hello(changedHello)
                    .ifPresent(read -> assertThat(bytes(read::writeTo)).isEqualTo(changedHello));
            welcome(changedWelcome)
                    .ifPresent(read -> assertThat(bytes(read::writeTo)).isEqualTo(changedWelcome));
        });
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
