package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.Transport;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.Handshake.Hello;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages over TCP. Each node keeps one connection to every peer, for its own requests and the responses to them, so
 * that a link that is up works both ways. A peer that is reached by several addresses has as many links, of which one is
 * in use. All connections live on one event loop, which is the node's thread, so a frame is read, handled and answered
 * without a change of threads.
 *
 * <p>All methods but {@link #bind} and {@link #close} are for the node's thread.
 */
public final class NettyTransport implements Transport, AutoCloseable {

    private final Identity identity;
    private final Trust trust;
    private final TransportSettings settings;
    private final EventLoopThread loop;
    private final Supplier<Moment> clock;
    private final Links links = new Links(this);
    /** The connections on which a peer calls this node, the newest last. */
    private final Map<NodeId, SequencedSet<Channel>> callers = new HashMap<>();
    /** Calls that are not answered yet, by what was said; nonces tell them apart. */
    private final Map<Hello, OutboundConnection> greetings = new HashMap<>();

    private final ChannelGroup inbound = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Unproven unproven;
    private final Outbox outbox;
    private final Marks marks;
    private @Nullable Listener listener;
    private @Nullable Channel server;
    private boolean closed;

    /**
     * Who this node is to its peers.
     *
     * @param cluster name of the cluster; nodes of another are refused
     * @param address where peers reach this node
     */
    public record Identity(NodeId node, String cluster, String address) {}

    public NettyTransport(
            Identity identity, Trust trust, TransportSettings settings, EventLoopThread loop, Supplier<Moment> clock) {
        this.identity = identity;
        this.trust = trust;
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.unproven = new Unproven(loop, () -> clock.get().nanos(), settings.connectTimeout());
        this.outbox = new Outbox(settings, loop);
        this.marks = new Marks(outbox, () -> links.channels().values());
    }

    /**
     * Begins to listen. Blocks.
     *
     * @param address where, as {@code host:port}
     * @param newListener told of everything, on the node's thread
     * @throws IllegalStateException if the address cannot be used
     */
    public void bind(String address, Listener newListener) {
        listener = newListener;
        try {
            server = new ServerBootstrap()
                    .group(loop.group())
                    .channel(loop.serverChannelType())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            new InboundConnection(NettyTransport.this, channel).begin();
                        }
                    })
                    .bind(HostAndPort.parse(address).resolve())
                    .syncUninterruptibly()
                    .channel();
        } catch (Exception e) {
            throw new CannotListenException(identity.node(), address, e);
        }
    }

    /**
     * Asks whether a mark that came from a peer becomes this node's own; false leaves that as it is. Asked once of each
     * mark. One that is not above this node's own is asked about as well, and left in any case. To be called before {@link #bind}; the filter is for the node's thread.
     */
    public void onMark(LongPredicate filter) {
        marks.ask(filter);
    }

    @Override
    public void link(String address) {
        links.link(address);
    }

    @Override
    public void unlink(String address) {
        links.unlink(address);
    }

    @Override
    public boolean send(NodeId to, Message message) {
        Channel channel = channelTo(to, message);
        return channel == null || outbox.send(channel, to, message);
    }

    /**
     * Marks everything that is sent from now on, and tells all peers at once. A peer hears of the mark before it hears
     * anything that this node says after it.
     *
     * @param higher above the present mark
     */
    public void mark(long higher) {
        marks.set(higher);
    }

    /** The present mark, 0 before the first. */
    public long mark() {
        return marks.present();
    }

    /** Peers that know of no marks, since they speak an older protocol, or are made to. */
    public List<NodeId> peersWithoutMarks() {
        return protocols().entrySet().stream()
                .filter(peer -> peer.getValue() < Protocol.MARKS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The peers that are linked, and the version of the protocol that is spoken on each link. */
    public SortedMap<NodeId, Integer> protocols() {
        SortedMap<NodeId, Integer> versions = new TreeMap<>();
        links.channels().forEach((peer, channel) -> versions.put(peer, Protocol.spokenOn(channel)));
        return versions;
    }

    /** Closes all connections. Blocks; not for the node's thread. */
    @Override
    public void close() {
        loop.submitAndWait(() -> {
            closed = true;
            if (server != null) {
                ChannelFuture _ = server.close();
            }
            links.close();
            ChannelGroupFuture _ = inbound.close();
        });
    }

    void onLinkUp(NodeId peer) {
        listener().onLinkUp(clock.get(), peer);
    }

    void onLinkDown(NodeId peer) {
        listener().onLinkDown(clock.get(), peer);
    }

    void onClosed(Channel channel) {
        outbox.forget(channel);
    }

    void onGreeting(Hello said, OutboundConnection call) {
        greetings.put(said, call);
    }

    /** It was answered, or never will be. */
    void onGreetingOver(Hello said) {
        greetings.remove(said);
    }

    /** The call on which this hello was said, if it is one of this very process, which has called itself then. */
    Optional<OutboundConnection> ownCall(Hello hello) {
        return Optional.ofNullable(greetings.get(hello));
    }

    /** A peer has called, so it can be reached. */
    void onHello(NodeId peer, String address, Channel channel) {
        callers.computeIfAbsent(peer, _ -> new LinkedHashSet<>()).add(channel);
        links.hurry(address);
    }

    /** It uses this connection now, of all it has made: another may be dead without this node's knowing. */
    void onRequest(NodeId peer, Channel channel) {
        SequencedSet<Channel> open = callers.get(peer);
        if (open != null && open.size() > 1) {
            open.addLast(channel);
        }
    }

    void onCallerGone(NodeId peer, Channel channel) {
        callers.computeIfPresent(peer, (_, open) -> open.remove(channel) && open.isEmpty() ? null : open);
        outbox.forget(channel);
    }

    void onFrame(NodeId from, Channel channel, ByteReader in) {
        if (Protocol.spokenOn(channel) >= Protocol.MARKS) {
            marks.hear(in.readVarint());
            if (in.remaining() == 0) {
                return;
            }
        }
        listener().onMessage(clock.get(), from, MessageCodec.decode(in));
    }

    boolean isClosed() {
        return closed;
    }

    Links links() {
        return links;
    }

    Identity identity() {
        return identity;
    }

    Trust trust() {
        return trust;
    }

    /** The connections of those who have called. */
    ChannelGroup inbound() {
        return inbound;
    }

    /** Those of them that may be anybody's. */
    Unproven unproven() {
        return unproven;
    }

    TransportSettings settings() {
        return settings;
    }

    EventLoopThread loop() {
        return loop;
    }

    /** A response goes back the way its request came; everything else, and what has no such way, over this node's link. */
    private @Nullable Channel channelTo(NodeId peer, Message message) {
        SequencedSet<Channel> open = message instanceof Message.Response ? callers.get(peer) : null;
        return open == null ? links.to(peer) : open.getLast();
    }

    private Listener listener() {
        if (listener == null) {
            throw new IllegalStateException("not bound yet");
        }
        return listener;
    }
}
