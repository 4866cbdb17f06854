package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.Damage;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.transport.Handshake.Welcome;
import io.dynamocart.store.transport.Station.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a node does with those who are none of its cluster: nothing (docs/invariants.md D18). */
class StrangersTests {

    private static final ClusterSecret SECRET = Station.SECRET.secret();
    private static final ClusterSecret GUESSED = Station.trust("guessed", null).secret();
    private static final byte[] PING = message(new Message.Ping(1));

    private final String address = Ports.freeAddresses(1).getFirst();
    private final Station node = new Station("a", "cluster", address);

    @AfterEach
    void servesItsPeersAsBeforeAndHasHeardNothingElse() throws InterruptedException {
        try (node;
                Station peer =
                        new Station("b", "cluster", Ports.freeAddresses(1).getFirst())) {
            peer.link(address);
            assertThat(peer.next()).isEqualTo(new Event.Up("a"));
            peer.send("a", new Message.Ping(2));
            assertThat(node.next()).isEqualTo(new Event.Got("b", new Message.Ping(2)));
        }
    }

    @Test
    void whoeverDoesNotSayHelloIsClosedBeforeAnythingIsRead() throws IOException {
        byte[] damaged = Stranger.frame(out -> out.writeString("wrong checksum"));
        damaged[damaged.length - 1] ^= 1;
        for (byte[] junk : List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0},
                Stranger.frame(out -> out.writeString("not a hello")),
                damaged)) {
            try (Stranger stranger = new Stranger(address)) {
                stranger.say(junk);
                assertThat(stranger.hearToTheEnd()).isEmpty();
            }
        }
    }

    @Test
    void whoeverProvesNothingIsClosedAndItsMessagesAreNotRead() throws IOException {
        try (Stranger stranger = new Stranger(address)) {
            stranger.greet();
            stranger.say(PING);
            assertThat(stranger.hearToTheEnd()).isEmpty();
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whoeverKnowsAnotherSecretTooAndOperatorsAreToldOfIt(CapturedOutput output) throws IOException {
        try (Stranger stranger = new Stranger(address)) {
            Welcome welcome = stranger.greet();
            stranger.prove(GUESSED, welcome);
            stranger.say(PING);
            assertThat(stranger.hearToTheEnd()).isEmpty();
        }
        assertThat(output.getOut())
                .containsPattern(
                        "WARN.*Node .* is refused: it does not know this cluster's secret \\(dynamo.store.secret");
    }

    @Test
    void aProofThatWasOverheardIsOfNoUseASecondTime() throws IOException {
        try (Stranger first = new Stranger(address);
                Stranger second = new Stranger(address)) {
            Welcome overheard = first.greet();
            assertThat(second.greet().nonce()).isNotEqualTo(overheard.nonce());
            second.prove(SECRET, overheard);
            second.say(PING);
            assertThat(second.hearToTheEnd()).isEmpty();
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void ofTooManyWhoProveNothingTheOldestMakesRoomForTheNewest(CapturedOutput output) throws IOException {
        List<Stranger> strangers = new ArrayList<>();
        for (int i = 0; i < Unproven.MOST + 2; i++) {
            strangers.add(new Stranger(address));
        }

        assertThat(strangers.get(0).hearToTheEnd()).isEmpty();
        assertThat(strangers.get(1).hearToTheEnd()).isEmpty();
        for (Stranger stranger : strangers.subList(2, strangers.size())) {
            stranger.greet();
            stranger.close();
        }
        assertThat(output.getOut()).containsOnlyOnce("connections have not proven");
    }

    @Test
    void tenThousandMalformedFramesEndTheirConnectionsAndNothingElse() {
        Property.holds(10_000, this::sayNonsense);
    }

    /** Before the handshake, in its middle, or after it; a frame in form, or not even that. */
    private void sayNonsense(SeededRandom random) {
        byte[] nonsense = new byte[1 + random.nextInt(200)];
        for (int i = 0; i < nonsense.length; i++) {
            nonsense[i] = (byte) random.nextInt(256);
        }
        // A kind of message that there is not
        nonsense[0] = (byte) (200 + random.nextInt(50));
        byte[] framed = Stranger.frame(out -> out.writeRaw(nonsense));
        try (Stranger stranger = new Stranger(address)) {
            int stage = random.nextInt(3);
            if (stage > 0) {
                Welcome welcome = stranger.greet();
                if (stage > 1) {
                    stranger.prove(SECRET, welcome);
                }
            }
            if (random.chance(0.5)) {
                stranger.say(framed);
            } else {
                stranger.say(Damage.any(framed, random));
                // It may be but the beginning of something
                stranger.fallSilent();
            }
            stranger.hearToTheEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] message(Message message) {
        ByteWriter out = new ByteWriter();
        MessageCodec.encode(message, out);
        return Stranger.frame(frame -> frame.writeRaw(out.toByteArray()));
    }
}
