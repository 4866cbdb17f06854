package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.Station.Event;
import io.dynamocart.store.version.Key;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyTransportTests {

    private final List<String> addresses = Ports.freeAddresses(2);

    @Test
    void messagesArriveInTheirOrder() throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            for (int i = 1; i <= 1_000; i++) {
                a.send("b", ping(i));
            }

            for (int i = 1; i <= 1_000; i++) {
                assertThat(b.next()).isEqualTo(new Event.Got("a", ping(i)));
            }
        }
    }

    @Test
    void aResponseNeedsNoLinkOfItsOwn() throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.send("b", ping(1));
            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(1)));
            b.send("a", ping(2));
            b.send("a", new Message.ReplicaPutReply(1));

            assertThat(a.next()).isEqualTo(new Event.Got("b", new Message.ReplicaPutReply(1)));
        }
    }

    @Test
    void manyLargeResponsesFitIntoTheQueue() throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            String large = "x".repeat(100_000);
            for (int i = 1; i <= 8; i++) {
                b.send("a", new Message.Refused(i, Message.Refusal.NOT_READY, large));
            }

            for (int i = 1; i <= 8; i++) {
                assertThat(a.next())
                        .isEqualTo(new Event.Got("b", new Message.Refused(i, Message.Refusal.NOT_READY, large)));
            }
        }
    }

    @Test
    void aLinkIsMadeAnewWhenThePeerComesBack() throws InterruptedException {
        try (Station a = station("a", 0)) {
            a.link(addresses.get(1));
            try (Station b = station("b", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
                assertThat(b.left()).isZero();
            }
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            a.send("b", ping(1));
            try (Station b = station("b", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
                a.send("b", ping(2));

                assertThat(b.next()).isEqualTo(new Event.Got("a", ping(2)));
            }
        }
    }

    @Test
    void nodesOfAnotherClusterAreRefused() throws InterruptedException {
        try (Station a = station("a", 0);
                Station stranger = new Station("s", "other", addresses.get(1))) {
            stranger.link(addresses.get(0));
            a.link(addresses.get(1));
            try (Station friend =
                    new Station("f", "cluster", Ports.freeAddresses(1).getFirst())) {
                friend.link(addresses.get(0));
                assertThat(friend.next()).isEqualTo(new Event.Up("a"));
            }

            assertThat(stranger.left()).isZero();
            assertThat(a.left()).isZero();
        }
    }

    @Test
    void aNodeOfTheSameNameIsRefused() throws InterruptedException {
        try (Station a = station("a", 0);
                Station double_ = new Station("a", "cluster", addresses.get(1));
                Station other =
                        new Station("b", "cluster", Ports.freeAddresses(1).getFirst())) {
            double_.link(addresses.get(0));
            other.link(addresses.get(0));

            assertThat(other.next()).isEqualTo(new Event.Up("a"));
            assertThat(double_.left()).isZero();
            assertThat(a.left()).isZero();
        }
    }

    @Test
    void anAddressInUseSaysWhatToDo() {
        try (Station _ = station("a", 0)) {
            assertThatThrownBy(() -> station("b", 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("dynamo.store.address");
        }
    }

    @Test
    void whoeverDoesNotSayHelloIsClosedBeforeAnythingIsRead() throws IOException, InterruptedException {
        try (Station a = station("a", 0)) {
            for (byte[] junk : List.of(
                    "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0},
                    frame(new ByteWriter().writeString("not a hello")),
                    damaged(frame(new ByteWriter().writeString("wrong checksum"))))) {
                assertThat(answerTo(junk)).isEmpty();
            }
            assertThat(a.left()).isZero();
        }
    }

    @Test
    void aMessageThatIsNoneEndsTheConnectionAndNothingElse() throws IOException, InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            ByteWriter hello = new ByteWriter();
            new Handshake.Hello(Handshake.VERSION, "cluster", new NodeId("x"), "x:1").writeTo(hello);
            byte[] rubbish = frame(new ByteWriter().writeByte(200).writeString("rubbish"));
            assertThat(answerTo(frame(hello), rubbish)).isNotEmpty();
            b.link(addresses.get(0));
            assertThat(b.next()).isEqualTo(new Event.Up("a"));
            b.send("a", ping(1));

            assertThat(a.next()).isEqualTo(new Event.Got("b", ping(1)));
        }
    }

    /** Sends bytes as a stranger would, and returns all that comes back until the connection is closed. */
    private byte[] answerTo(byte[]... parts) throws IOException {
        HostAndPort target = HostAndPort.parse(addresses.get(0));
        try (Socket socket = new Socket(target.host(), target.port());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(10_000);
            for (byte[] part : parts) {
                out.write(part);
            }
            out.flush();
            return in.readAllBytes();
        }
    }

    private Station station(String name, int address) {
        return new Station(name, "cluster", addresses.get(address));
    }

    private static Message ping(int number) {
        return new Message.ReplicaGet(number, Key.of("key-" + number));
    }

    private static byte[] frame(ByteWriter body) {
        ByteBuf buffer = Frames.frame(UnpooledByteBufAllocator.DEFAULT, body);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }

    private static byte[] damaged(byte[] frame) {
        frame[frame.length - 1] ^= 1;
        return frame;
    }
}
