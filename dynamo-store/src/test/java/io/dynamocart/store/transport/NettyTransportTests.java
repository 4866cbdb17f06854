package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.transport.Station.Event;
import io.dynamocart.store.version.Key;
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
    void soItIsWhereThisNodeCouldNotHandleThatItWentDown() throws InterruptedException {
        try (Station a = station("a", 0)) {
            a.failWhenALinkGoesDown();
            a.link(addresses.get(1));
            try (Station _ = station("b", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
            }
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            try (Station _ = station("b", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
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

    private Station station(String name, int address) {
        return new Station(name, "cluster", addresses.get(address));
    }

    private static Message ping(int number) {
        return new Message.ReplicaGet(number, Key.of("key-" + number));
    }
}
