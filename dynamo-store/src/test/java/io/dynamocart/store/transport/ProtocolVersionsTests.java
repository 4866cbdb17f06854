package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.trace.TraceParent;
import io.dynamocart.store.transport.Station.Event;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nodes of several versions of the protocol in one cluster, and what only the newer of them say. */
class ProtocolVersionsTests {

    private static final Protocol FIRST = new Protocol(1, 1);
    private static final Protocol LATER = new Protocol(2, 2);

    private final List<String> addresses = Ports.freeAddresses(3);

    @Test
    void anOlderNodeAndANewerOneTalkWhoeverCalls() throws InterruptedException {
        try (Station old = station("old", 0, FIRST);
                Station young = station("young", 1, Protocol.NEWEST)) {
            young.link(addresses.get(0));
            assertThat(young.next()).isEqualTo(new Event.Up("old"));
            old.link(addresses.get(1));
            assertThat(old.next()).isEqualTo(new Event.Up("young"));
            young.send("old", new Message.Ping(1));
            assertThat(old.next()).isEqualTo(new Event.Got("young", new Message.Ping(1)));
            old.send("young", new Message.Pong(1));
            assertThat(young.next()).isEqualTo(new Event.Got("old", new Message.Pong(1)));
            old.send("young", new Message.Ping(2));
            assertThat(young.next()).isEqualTo(new Event.Got("old", new Message.Ping(2)));
        }
    }

    @Test
    void anOlderNodeIsAskedForItsCopyWithoutTheConditionItDoesNotKnow() throws InterruptedException {
        Message asked = new Message.ReplicaGet(1, Key.of("cart"), new Digest(1, 2), null);
        try (Station old = station("old", 0, LATER);
                Station young = station("young", 1, Protocol.NEWEST);
                Station other = station("other", 2, Protocol.NEWEST)) {
            linkToBoth(young);
            young.send("old", asked);
            young.send("other", asked);

            assertThat(old.next()).isEqualTo(new Event.Got("young", new Message.ReplicaGet(1, Key.of("cart"))));
            assertThat(other.next()).isEqualTo(new Event.Got("young", asked));
        }
    }

    private void linkToBoth(Station young) throws InterruptedException {
        young.link(addresses.get(0));
        assertThat(young.next()).isEqualTo(new Event.Up("old"));
        young.link(addresses.get(2));
        assertThat(young.next()).isEqualTo(new Event.Up("other"));
    }

    @Test
    void anOlderNodeIsNotToldHowLongItIsWaitedFor() throws InterruptedException {
        Key key = Key.of("cart");
        Digest sum = new Digest(1, 2);
        Duration second = Duration.ofSeconds(1);
        try (Station old = station("old", 0, new Protocol(1, 3));
                Station young = station("young", 1, Protocol.NEWEST);
                Station other = station("other", 2, Protocol.NEWEST)) {
            linkToBoth(young);
            List<Message> questions =
                    List.of(new Message.ReplicaGet(1, key, sum, second), new Message.HintGet(2, key, second));
            questions.forEach(asked -> young.send("old", asked));
            questions.forEach(asked -> young.send("other", asked));

            assertThat(old.next()).isEqualTo(new Event.Got("young", new Message.ReplicaGet(1, key, sum, null)));
            assertThat(old.next()).isEqualTo(new Event.Got("young", new Message.HintGet(2, key, null)));
            assertThat(other.next()).isEqualTo(new Event.Got("young", questions.getFirst()));
            assertThat(other.next()).isEqualTo(new Event.Got("young", questions.getLast()));
        }
    }

    @Test
    void anOlderNodeIsAskedToHaveAWriteOnDisk() throws InterruptedException {
        isAReplicaPutToAnOlderNode(new Message.BufferedPut(1, Key.of("cart"), Versions.none()));
    }

    @Test
    void anOlderNodeGetsARequestWithoutItsTraceAndInItsWords() throws InterruptedException {
        Message.Request put = new Message.BufferedPut(1, Key.of("cart"), Versions.none());
        isAReplicaPutToAnOlderNode(new Message.Traced(new TraceParent(1, 2, 3), put));
    }

    private void isAReplicaPutToAnOlderNode(Message asked) throws InterruptedException {
        try (Station old = station("old", 0, new Protocol(1, 4));
                Station young = station("young", 1, Protocol.NEWEST);
                Station other = station("other", 2, Protocol.NEWEST)) {
            linkToBoth(young);
            young.send("old", asked);
            young.send("other", asked);

            Message inItsWords = new Message.ReplicaPut(1, Key.of("cart"), Versions.none());
            assertThat(old.next()).isEqualTo(new Event.Got("young", inItsWords));
            assertThat(other.next()).isEqualTo(new Event.Got("young", asked));
        }
    }

    @Test
    void aNodeThatIsUpgradedIsSpokenToByTheNewerVersion() throws InterruptedException {
        try (Station young = station("young", 1, Protocol.NEWEST)) {
            try (Station before = station("other", 0, FIRST)) {
                young.link(addresses.get(0));
                assertThat(young.next()).isEqualTo(new Event.Up("other"));
                assertThat(young.peersWithoutMarks()).containsExactly("other");
                assertThat(before.left()).isZero();
            }
            assertThat(young.next()).isEqualTo(new Event.Down("other"));
            try (Station after = station("other", 0, Protocol.NEWEST)) {
                assertThat(young.next()).isEqualTo(new Event.Up("other"));
                assertThat(young.peersWithoutMarks()).isEmpty();
                young.mark(7);
                assertThat(after.next()).isEqualTo(new Event.Marked(7));
            }
        }
    }

    /** Or it would be linked by the oldest when the right one is there again, without marks, and no backup could be taken. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whoIsRefusedForAnotherReasonDoesNotOfferTheOldestVersion(CapturedOutput output) {
        try (Station young = station("young", 1, Protocol.NEWEST);
                Station stranger = new Station("stranger", "elsewhere", addresses.get(0))) {
            young.link(addresses.get(0));

            Awaitility.await("it is refused").until(() -> output.getOut().contains("stranger refuses this node"));
            assertThat(output.getOut())
                    .containsPattern("WARN.*stranger refuses this node: it belongs to cluster")
                    .doesNotContain("oldest protocol");
            assertThat(stranger.left()).isZero();
        }
    }

    @Test
    void nodesWithNoVersionInCommonDoNotTalk() throws InterruptedException {
        try (Station old = station("old", 0, FIRST);
                Station later = station("later", 1, LATER);
                Station young = station("young", 2, Protocol.NEWEST)) {
            later.link(addresses.get(0));
            old.link(addresses.get(1));
            young.link(addresses.get(0));
            young.link(addresses.get(1));

            assertThat(List.of(young.next(), young.next()))
                    .containsExactlyInAnyOrder(new Event.Up("old"), new Event.Up("later"));
            assertThat(old.left()).isZero();
            assertThat(later.left()).isZero();
        }
    }

    @Test
    void aMarkIsKnownBeforeAnythingThatWasSaidAfterIt() throws InterruptedException {
        try (Station a = station("a", 0, Protocol.NEWEST);
                Station b = station("b", 1, Protocol.NEWEST)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.send("b", new Message.Ping(1));
            a.mark(5);
            a.send("b", new Message.Ping(2));

            assertThat(b.next()).isEqualTo(new Event.Got("a", new Message.Ping(1)));
            assertThat(b.next()).isEqualTo(new Event.Marked(5));
            assertThat(b.next()).isEqualTo(new Event.Got("a", new Message.Ping(2)));
        }
    }

    @Test
    void aMarkComesWithAnAnswerAndGoesOnToOthers() throws InterruptedException {
        try (Station a = station("a", 0, Protocol.NEWEST);
                Station b = station("b", 1, Protocol.NEWEST);
                Station c = station("c", 2, Protocol.NEWEST)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.link(addresses.get(2));
            assertThat(a.next()).isEqualTo(new Event.Up("c"));
            a.send("b", new Message.Ping(1));
            assertThat(b.next()).isEqualTo(new Event.Got("a", new Message.Ping(1)));
            // It has no link of its own, and answers on that of its caller
            b.mark(9);
            b.send("a", new Message.Pong(1));

            assertThat(a.next()).isEqualTo(new Event.Marked(9));
            assertThat(a.next()).isEqualTo(new Event.Got("b", new Message.Pong(1)));
            assertThat(c.next()).isEqualTo(new Event.Marked(9));
        }
    }

    @Test
    void eachMarkIsToldOnceAndALowerOneNotTakenOver() throws InterruptedException {
        try (Station a = station("a", 0, Protocol.NEWEST);
                Station b = station("b", 1, Protocol.NEWEST)) {
            b.mark(6);
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.mark(5);
            a.send("b", new Message.Ping(1));
            assertThat(b.next()).isEqualTo(new Event.Marked(5));
            assertThat(b.next()).isEqualTo(new Event.Got("a", new Message.Ping(1)));
            b.send("a", new Message.Pong(1));
            assertThat(a.next()).isEqualTo(new Event.Marked(6));
            assertThat(a.next()).isEqualTo(new Event.Got("b", new Message.Pong(1)));
            // What it takes over it passes on, whoever has it already
            assertThat(b.next()).isEqualTo(new Event.Marked(6));
            a.mark(8);
            a.send("b", new Message.Ping(2));

            assertThat(b.next()).isEqualTo(new Event.Marked(8));
            assertThat(b.next()).isEqualTo(new Event.Got("a", new Message.Ping(2)));
        }
    }

    private Station station(String name, int address, Protocol protocol) {
        return new Station(name, "cluster", addresses.get(address), Station.SECRET, protocol);
    }
}
