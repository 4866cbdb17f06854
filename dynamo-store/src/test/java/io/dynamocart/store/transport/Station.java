package io.dynamocart.store.transport;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A transport without a node behind it: whatever it is told waits to be looked at. */
final class Station implements AutoCloseable {

    /** Patient, since a machine with much to do may stop between two words of a handshake. */
    static final TransportSettings SETTINGS = settings(Duration.ofHours(1));

    /** Of one that looks up again and again where else its peers are. */
    static final TransportSettings CURIOUS = settings(Duration.ofMillis(50));

    /** What those of one cluster know, without TLS. */
    static final Trust SECRET = trust("secret", null);

    private final EventLoopThread loop;

    private final NettyTransport transport;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean failing;
    private volatile boolean refusing;

    /** Something that the transport told. */
    sealed interface Event {
        record Up(String peer) implements Event {}

        record Down(String peer) implements Event {}

        record Got(String from, Message message) implements Event {}

        record Marked(long mark) implements Event {}

        /** What was to be sent to it is longer than a message may be. */
        record TooLong(String to) implements Event {}
    }

    private static TransportSettings settings(Duration renewAfter) {
        return new TransportSettings(
                1 << 20,
                1 << 20,
                Duration.ofSeconds(10),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                renewAfter,
                Protocol.NEWEST);
    }

    static Trust trust(String secret, @Nullable Supplier<SSLContext> tls) {
        return new Trust(new ClusterSecret(secret.getBytes(StandardCharsets.US_ASCII)), tls);
    }

    Station(String name, String cluster, String address) {
        this(name, cluster, address, SECRET);
    }

    Station(String name, String cluster, String address, Trust trust) {
        this(name, cluster, address, trust, Protocol.NEWEST);
    }

    Station(String name, String cluster, String address, Trust trust, Protocol protocol) {
        this(name, cluster, address, trust, SETTINGS.speaking(protocol));
    }

    Station(String name, String cluster, String address, Trust trust, TransportSettings settings) {
        loop = new EventLoopThread(name);
        transport = new NettyTransport(
                new NettyTransport.Identity(new NodeId(name), cluster, address),
                trust,
                settings,
                loop,
                () -> new Moment(System.nanoTime(), Instant.EPOCH));
        transport.onMark(mark -> {
            events.add(new Event.Marked(mark));
            return !refusing;
        });
        transport.bind(address, new Transport.Listener() {
            @Override
            public void onLinkUp(Moment now, NodeId peer) {
                events.add(new Event.Up(peer.name()));
            }

            @Override
            public void onLinkDown(Moment now, NodeId peer) {
                events.add(new Event.Down(peer.name()));
                if (failing) {
                    throw new IllegalStateException("on purpose");
                }
            }

            @Override
            public void onMessage(Moment now, NodeId from, Message message) {
                events.add(new Event.Got(from.name(), message));
            }
        });
    }

    /** From now on it cannot handle that a link is down. */
    void failWhenALinkGoesDown() {
        failing = true;
    }

    /** From now on it takes no mark over. */
    void refuseMarks() {
        refusing = true;
    }

    void link(String address) {
        loop.execute(() -> transport.link(address));
    }

    void unlink(String address) {
        loop.execute(() -> transport.unlink(address));
    }

    /** The same as {@link #link(String)}, with threads of the test's own to look names up. */
    void link(String address, ThreadFactory lookUps) {
        loop.execute(() -> new PeerLink(transport, address, lookUps).connect());
    }

    void send(String peer, Message message) {
        loop.execute(() -> {
            if (!transport.send(new NodeId(peer), message)) {
                events.add(new Event.TooLong(peer));
            }
        });
    }

    void mark(long mark) {
        loop.execute(() -> transport.mark(mark));
    }

    /** What the sockets of those who have called are set to. */
    <T> List<T> ofCallers(ChannelOption<T> option) {
        List<T> values = new ArrayList<>();
        loop.submitAndWait(() -> transport
                .inbound()
                .forEach(channel -> values.add(channel.config().getOption(option))));
        return values;
    }

    /** Peers to which no mark gets. */
    List<String> peersWithoutMarks() {
        List<String> names = new ArrayList<>();
        loop.submitAndWait(() -> transport.peersWithoutMarks().forEach(peer -> names.add(peer.name())));
        return names;
    }

    /** The next thing that happens. */
    Event next() throws InterruptedException {
        Event event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened within 10 seconds");
        }
        return event;
    }

    /** What has happened and was not looked at. */
    int left() {
        return events.size();
    }

    @Override
    public void close() {
        transport.close();
        loop.close();
    }
}
