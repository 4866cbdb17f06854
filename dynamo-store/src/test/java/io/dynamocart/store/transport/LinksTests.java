package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.transport.Station.Event;
import io.dynamocart.store.version.Key;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How links come up, break, and are made anew, and which of several to one peer is used. */
class LinksTests {

    private final List<String> addresses = Ports.freeAddresses(4);

    @Test
    void aLinkIsTriedAgainAfterAThreadThatCouldNotBeStarted() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1), lookUp -> {
                if (failures.incrementAndGet() <= 2) {
                    throw new OutOfMemoryError("unable to create native thread, on purpose");
                }
                return new Thread(lookUp);
            });

            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            assertThat(b.left()).isZero();
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
    @ExtendWith(OutputCaptureExtension.class)
    void aLinkThatIsNotWantedStaysUntilItBreaksAndIsMadeAnewOnlyWhenItIsWantedAgain(CapturedOutput output)
            throws InterruptedException {
        try (Station a = station("a", 0)) {
            a.link(addresses.get(1));
            try (Station b = station("b", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
                a.unlink(addresses.get(1));
                a.send("b", ping(1));
                assertThat(b.next()).isEqualTo(new Event.Got("a", ping(1)));
            }
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            awaitNobodyIsLookedForAt(addresses.get(1), output);
            try (Station _ = station("b", 1);
                    Station _ = station("c", 2)) {
                a.link(addresses.get(2));
                assertThat(a.next()).isEqualTo(new Event.Up("c"));
                a.link(addresses.get(1));
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
            }
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anAddressThatLeadsNowhereIsGivenUpOnceItIsNotWanted(CapturedOutput output) {
        try (Station a = station("a", 0)) {
            a.link(addresses.get(1));
            a.unlink(addresses.get(1));

            awaitNobodyIsLookedForAt(addresses.get(1), output);
        }
    }

    private static void awaitNobodyIsLookedForAt(String address, CapturedOutput output) {
        Awaitility.await("it is given up")
                .until(() -> output.getOut().contains("Nobody is looked for at %s any more".formatted(address)));
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
    void whereTheNewerOfTwoLinksToAPeerBreaksTheOtherIsUsedAndTellsTheMark() throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            try (Station alsoB = station("b", 2)) {
                linkToBoth(a, alsoB);
                a.mark(5);
                hears(alsoB, new Event.Marked(5));
            }
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.send("b", ping(2));

            hears(b, new Event.Marked(5));
            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(2)));
        }
    }

    @Test
    void thatTheOlderOfTwoLinksToAPeerBreaksIsNotTold() throws InterruptedException {
        try (Station a = station("a", 0);
                Station alsoB = station("b", 2)) {
            try (Station _ = station("b", 1)) {
                linkToBoth(a, alsoB);
            }
            try (Station _ = station("c", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("c"));
            }
            a.send("b", ping(2));
            hears(alsoB, new Event.Got("a", ping(2)));
        }
    }

    @Test
    void aPeerIsLostWithTheLastOfItsLinks() throws InterruptedException {
        try (Station a = station("a", 0)) {
            try (Station _ = station("b", 1)) {
                try (Station alsoB = station("b", 2)) {
                    linkToBoth(a, alsoB);
                }
                assertThat(a.next()).isEqualTo(new Event.Down("b"));
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
            }
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            try (Station _ = station("b", 1)) {
                assertThat(a.next()).isEqualTo(new Event.Up("b"));
            }
        }
    }

    /**
     * Two nodes have come back with each other's address, and one name was looked up before the other: then both led to one
     * of them, and nobody looked for the other as long as that one was up.
     */
    @Test
    void whoIsBehindANameByNowIsFoundThoughItLeadsToAnotherPeerThatIsUp() throws Exception {
        try (Station a = curious("a", 0);
                Station _ = station("b", 1);
                Station _ = station("c", 2);
                Relay name = new Relay(addresses.get(3), addresses.get(1))) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.link(addresses.get(3));
            Awaitility.await("the name led to b").until(() -> name.calls() > 0);
            name.leadTo(addresses.get(2));

            assertThat(a.next()).isEqualTo(new Event.Up("c"));
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whyNobodyIsReachedThereAnyMoreIsTold(CapturedOutput output) throws Exception {
        try (Station a = curious("a", 0);
                Station _ = station("b", 1);
                Relay name = new Relay(addresses.get(3), addresses.get(1))) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.link(addresses.get(3));
            Awaitility.await("the name led to b").until(() -> name.calls() > 0);
            name.leadTo(addresses.get(0));

            Awaitility.await("it leads elsewhere now")
                    .until(() -> output.getOut()
                            .contains("No link to %s: it leads to this node itself".formatted(addresses.get(3))));
        }
    }

    /** It is asked again and again who is there, and that is no news. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aPeerWithTwoAddressesIsToldOfOnceForEach(CapturedOutput output) throws Exception {
        try (Station a = curious("a", 0);
                Station b = station("b", 1);
                Relay alias = new Relay(addresses.get(3), addresses.get(1))) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.link(addresses.get(3));
            Awaitility.await("it was asked again").until(() -> alias.calls() > 3);
            a.send("b", ping(1));

            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(1)));
            assertThat(output.getOut().lines().filter(line -> line.contains("Linked to b")))
                    .hasSize(2);
            assertThat(output.getOut()).doesNotContain("is down", "No link to");
            assertThat(a.left()).isZero();
        }
    }

    /** To a peer that has no link of its own, a response has no other way than those on which it calls. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whoCallsOnTwoConnectionsIsAnsweredOnTheOneThatIsLeft(CapturedOutput output) throws Exception {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            try (Relay _ = new Relay(addresses.get(3), addresses.get(1))) {
                a.link(addresses.get(3));
                Awaitility.await("both lead to b")
                        .until(() -> output.getOut().contains("as it is at " + addresses.get(1)));
                a.send("b", ping(1));
                assertThat(b.next()).isEqualTo(new Event.Got("a", ping(1)));
            }
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            Awaitility.await("b knows of one that is left")
                    .until(() -> b.ofCallers(ChannelOption.SO_KEEPALIVE).size() == 1);
            b.send("a", new Message.Pong(1));

            assertThat(a.next()).isEqualTo(new Event.Got("b", new Message.Pong(1)));
        }
    }

    /** As of a service of which not all have come up yet, or of a node that listens on one of its addresses. */
    @Test
    void ofTheAddressesOfANameEachIsTried() throws InterruptedException {
        HostAndPort second = HostAndPort.parse(addresses.get(1));
        NamesOfTests.add("two.addresses", "127.0.0.2", second.host());
        try (Station a = station("a", 0);
                Station _ = station("b", 1)) {
            a.link("two.addresses:" + second.port());

            assertThat(a.next()).isEqualTo(new Event.Up("b"));
        }
    }

    /** The other may be dead, of which this node hears later than the caller, or never. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void andOnTheOneOnWhichItAsked(CapturedOutput output) throws Exception {
        try (Station a = station("a", 0);
                Station b = station("b", 1);
                Relay relay = new Relay(addresses.get(3), addresses.get(1))) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));
            a.link(addresses.get(3));
            Awaitility.await("both lead to b").until(() -> output.getOut().contains("as it is at " + addresses.get(1)));
            Awaitility.await("b knows of both")
                    .until(() -> b.ofCallers(ChannelOption.SO_KEEPALIVE).size() == 2);
            a.send("b", ping(1));
            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(1)));
            relay.loseCallers();
            assertThat(a.next()).isEqualTo(new Event.Down("b"));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));

            a.send("b", ping(2));
            assertThat(b.next()).isEqualTo(new Event.Got("a", ping(2)));
            b.send("a", new Message.Pong(2));
            assertThat(a.next()).isEqualTo(new Event.Got("b", new Message.Pong(2)));
        }
    }

    /** Nothing else would ever close its connection: it is the caller who tries again, and on another one. */
    @Test
    void aCallerThatVanishesIsNoticed() throws InterruptedException {
        try (Station a = station("a", 0);
                Station b = station("b", 1)) {
            a.link(addresses.get(1));
            assertThat(a.next()).isEqualTo(new Event.Up("b"));

            assertThat(b.ofCallers(ChannelOption.SO_KEEPALIVE)).containsExactly(true);
            if (Epoll.isAvailable()) {
                assertThat(b.ofCallers(EpollChannelOption.TCP_USER_TIMEOUT)).containsExactly(10_000);
                assertThat(b.ofCallers(EpollChannelOption.TCP_KEEPIDLE)).containsExactly(5);
            }
        }
    }

    private Station curious(String name, int address) {
        return new Station(name, "cluster", addresses.get(address), Station.SECRET, Station.CURIOUS);
    }

    private Station station(String name, int address) {
        return new Station(name, "cluster", addresses.get(address));
    }

    /** The node is linked to one that listens at both of the other addresses; the second comes last, and is used. */
    private void linkToBoth(Station node, Station second) throws InterruptedException {
        node.link(addresses.get(1));
        assertThat(node.next()).isEqualTo(new Event.Up("b"));
        node.link(addresses.get(2));
        Awaitility.await("the newer link is used").until(() -> {
            node.send("b", ping(1));
            return second.left() > 0;
        });
    }

    /** Pings from before are let by. */
    private static void hears(Station station, Event expected) throws InterruptedException {
        Event event = station.next();
        while (event.equals(new Event.Got("a", ping(1)))) {
            event = station.next();
        }
        assertThat(event).isEqualTo(expected);
    }

    private static Message ping(int number) {
        return new Message.ReplicaGet(number, Key.of("key-" + number));
    }
}
