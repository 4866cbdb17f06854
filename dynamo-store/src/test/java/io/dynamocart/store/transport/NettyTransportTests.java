package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.transport.Station.Event;
import io.dynamocart.store.version.Actor;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Value;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class NettyTransportTests {

    private final List<String> addresses = Ports.freeAddresses(4);

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
            a.send("b", ping(1));
            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(1)));
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
    @ExtendWith(OutputCaptureExtension.class)
    void whatIsTooLongForAMessageIsSaidAtOnceAndTheRestGetsThere(CapturedOutput output) throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            Key key = Key.of("cart/guest:0123456789abcdef");
            a.send("b", new Message.ReplicaPut(1, key, longerThanAFrame()));
            a.send("b", ping(2));

            assertThat(a.next()).isEqualTo(new Event.TooLong("b"));
            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(2)));
            assertThat(output.getOut())
                    .as("no more of the key than its beginning")
                    .contains("ReplicaPut of key cart/guest:012345678… to b would be a message of")
                    .doesNotContain("9abcdef");
        }
    }

    @Test
    void nothingIsTooLongForItsTrace() throws InterruptedException {
        int mark = 1;
        int most = Station.SETTINGS.maxFrameBytes() - mark;
        int aroundTheValue = MessageCodecTests.encode(putOf(1_000_000)).length - 1_000_000;
        Message.Request longest = putOf(most - aroundTheValue);
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.send("b", new Message.Traced(new TraceParent(1, 2, 3), longest));
            assertThat(b.next()).isEqualTo(new Event.Got("a", longest));

            a.send("b", putOf(most - aroundTheValue + 1));
            assertThat(a.next()).as("it was as long as can be").isEqualTo(new Event.TooLong("b"));
        }
    }

    private static Message.Request putOf(int bytes) {
        Version version =
                new Version(new Dot(new Actor("x", 1), 1), Clock.empty(), Instant.EPOCH, Value.of("x".repeat(bytes)));
        return new Message.ReplicaPut(1, Key.of("cart"), Versions.of(version));
    }

    private static Versions longerThanAFrame() {
        return Stream.of("x", "y")
                .map(node -> new Version(
                        new Dot(new Actor(node, 1), 1),
                        Clock.empty(),
                        Instant.EPOCH,
                        Value.of(node.repeat(Value.MAX_BYTES))))
                .map(Versions::of)
                .reduce(Versions.none(), Versions::merge);
    }

    /** Every frame bears the mark, and a node with a wrong clock refuses it. */
    @Test
    void aMarkThatWasRefusedIsNotAskedAboutAgain() throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            b.refuseMarks();
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.mark(5);
            for (int i = 1; i <= 100; i++) {
                a.send("b", ping(i));
            }
            a.mark(6);

            assertThat(b.next()).isEqualTo(new Event.Marked(5));
            for (int i = 1; i <= 100; i++) {
                assertThat(b.next()).isEqualTo(new Event.Got("a", ping(i)));
            }
            assertThat(b.next()).isEqualTo(new Event.Marked(6));
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
    @ExtendWith(OutputCaptureExtension.class)
    void aNodeThatCallsItselfIsNotTakenForOneOfTheSameName(CapturedOutput output) {
        String spelledOtherwise = addresses.get(0).replace("127.0.0.1", "localhost");
        try (Station itself = station("itself", 0)) {
            itself.link(spelledOtherwise);

            Awaitility.await("it sees who is there")
                    .until(() -> output.getOut()
                            .contains("No link to %s: it leads to this node itself".formatted(spelledOtherwise)));
            assertThat(output.getOut()).doesNotContain("Node itself");
            assertThat(itself.left()).isZero();
        }
    }

    @Test
    void anAddressInUseSaysWhatToDo() {
        try (Station _ = station("a", 0)) {
            assertThatThrownBy(() -> station("b", 0))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining("free the port");
        }
    }

    @Test
    void soDoesOneThatIsNotOfThisMachine() {
        assertThatThrownBy(() -> new Station("a", "cluster", "192.0.2.1:7000"))
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("dynamo.store.bind-address");
    }

    private Station station(String name, int address) {
        return new Station(name, "cluster", addresses.get(address));
    }

    private static Message ping(int number) {
        return new Message.ReplicaGet(number, Key.of("key-" + number));
    }
}
