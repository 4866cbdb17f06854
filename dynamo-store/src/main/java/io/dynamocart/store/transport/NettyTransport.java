package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.MalformedBytesException;
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
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages over TCP. Each node keeps one connection to every peer, for its own requests and the responses to them, so
 * that a link that is up works both ways. A peer that is reached by several addresses has as many links, of which one is
 * in use. All connections live on one event loop, which is the node's thread, so a frame is read, handled and answered
 * without a change of threads.
 *
 * <p>All methods but {@link #bind} and {@link #close} are for the node's thread.
 */
public final class NettyTransport implements Transport, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
    private static final ThreadFactory LOOK_UPS =
            Thread.ofPlatform().name("node-lookup").daemon().factory();

    private final Identity identity;
    private final Trust trust;
    private final TransportSettings settings;
    private final EventLoopThread loop;
    private final Supplier<Moment> clock;
    private final Map<String, PeerLink> links = new HashMap<>();
    /** Of each peer the link in use. */
    private final Map<NodeId, PeerLink> peers = new HashMap<>();

    private final Map<NodeId, Channel> callers = new HashMap<>();
    /** Calls that are not answered yet, by what was said; nonces tell them apart. */
    private final Map<Hello, OutboundConnection> greetings = new HashMap<>();

    private final ChannelGroup inbound = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Outbox outbox;
    private @Nullable Listener listener;
    private @Nullable Channel server;
    private boolean closed;
    private LongPredicate markFilter = _ -> true;
    /** The highest mark that came from a peer. */
    private long heard;

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
        this.outbox = new Outbox(settings, loop);
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
            throw new IllegalStateException(
                    "node %s cannot listen on %s: %s. Free the port, or set dynamo.store.address to another one"
                            .formatted(identity.node(), address, e.getMessage()),
                    e);
        }
    }

    /**
     * Asks whether a mark that came from a peer becomes this node's own; false leaves that as it is. Asked once of each
     * mark that is above all that came before. One that is not above this node's own is asked about as well, and left
     * in any case. To be called before {@link #bind}; the filter is for the node's thread.
     */
    public void onMark(LongPredicate filter) {
        markFilter = filter;
    }

    @Override
    public void link(String address) {
        PeerLink known = links.get(address);
        if (known != null) {
            known.keep();
        } else if (!closed) {
            PeerLink link = new PeerLink(this, address, LOOK_UPS);
            links.put(address, link);
            link.connect();
        }
    }

    @Override
    public void unlink(String address) {
        PeerLink link = links.get(address);
        if (link != null) {
            link.letGo();
        }
    }

    @Override
    public boolean send(NodeId to, Message message) {
        Channel channel = channelTo(to, message);
        return channel == null || outbox.send(channel, to, message);
    }

    /**
     * Marks everything that is sent from now on, and tells all peers at once. A peer hears of the mark before it hears
     * anything that this node says after it. So a mark cuts the time of all nodes into a before and an after, and no node
     * that is before it knows anything from after it (Lai and Yang, "On distributed snapshots", 1987).
     *
     * @param higher above the present mark
     */
    public void mark(long higher) {
        if (higher <= mark()) {
            throw new IllegalArgumentException("mark %d is not above %d".formatted(higher, mark()));
        }
        outbox.setMark(higher);
        for (PeerLink link : peers.values()) {
            Channel channel = link.channel();
            if (channel != null) {
                outbox.sendMark(channel);
            }
        }
    }

    /** The present mark, 0 before the first. */
    public long mark() {
        return outbox.mark();
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
        peers.forEach((peer, link) -> {
            Channel channel = link.channel();
            if (channel != null) {
                versions.put(peer, Protocol.spokenOn(channel));
            }
        });
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
            links.values().forEach(PeerLink::close);
            ChannelGroupFuture _ = inbound.close();
        });
    }

    /** From now on this link is in use: of a peer that came back elsewhere, an older one may not know that it is dead. */
    void onLinkUp(NodeId peer, PeerLink link) {
        log.info("Linked to {} at {}", peer, link.address());
        if (peers.put(peer, link) == null) {
            listener().onLinkUp(clock.get(), peer);
        }
    }

    void onLinkDown(NodeId peer, PeerLink link, Channel channel) {
        outbox.forget(channel);
        log.info("Link to {} at {} is down", peer, link.address());
        if (peers.remove(peer, link)) {
            // In a later round: a peer that has ended breaks all its links in this one
            loop.execute(() -> useAnotherLink(peer));
            listener().onLinkDown(clock.get(), peer);
        }
    }

    /** It is down, and is not to be made anew. */
    void forget(PeerLink link) {
        log.info("Nobody is looked for at {} any more", link.address());
        links.remove(link.address(), link);
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

    /** A peer has called, so it can be reached: whoever waits to try again need not wait any longer. */
    void onHello(NodeId peer, String address, Channel channel) {
        callers.put(peer, channel);
        PeerLink link = links.get(address);
        if (link != null) {
            link.hurry();
        }
    }

    void onCallerGone(NodeId peer, Channel channel) {
        callers.remove(peer, channel);
        outbox.forget(channel);
    }

    void onFrame(NodeId from, Channel channel, ByteReader in) {
        if (Protocol.spokenOn(channel) >= Protocol.MARKS) {
            hear(in.readVarint());
            if (in.remaining() == 0) {
                return;
            }
        }
        listener().onMessage(clock.get(), from, MessageCodec.decode(in));
    }

    /**
     * What is refused once is refused for good: this node has handled what came with it as if it came before the mark. If
     * it took the mark over later, it would be no moment of the cluster's.
     */
    private void hear(long mark) {
        if (mark > heard) {
            heard = mark;
            if (markFilter.test(mark) && mark > mark()) {
                mark(mark);
            }
        }
    }

    /** A connection has failed: by what came over it, or by an error of ours in handling it. */
    void logFailure(@Nullable NodeId known, String address, Throwable cause) {
        String peer = known == null ? "somebody unknown" : known.name();
        if (known != null && cause instanceof IOException && !(cause instanceof SSLException)) {
            // It was killed, or its network is gone: nobody has to be called for that, its link is down and made anew
            log.info("Connection with {} at {} has broken: {}", peer, address, cause.toString());
        } else if (cause instanceof IOException
                || cause instanceof DecoderException
                || cause instanceof MalformedBytesException) {
            String why = cause.getCause() instanceof NotSslRecordException
                    ? "it speaks no TLS; dynamo.store.ssl-bundle must be set on all nodes, or on none"
                    : cause.toString();
            log.warn("Connection with {} at {} is closed: {}", peer, address, why);
        } else {
            log.error("What came from {} at {} could not be handled; its connection is closed", peer, address, cause);
        }
    }

    boolean isClosed() {
        return closed;
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

    TransportSettings settings() {
        return settings;
    }

    EventLoopThread loop() {
        return loop;
    }

    /** A response goes back the way its request came; everything else, and what has no such way, over this node's link. */
    private @Nullable Channel channelTo(NodeId peer, Message message) {
        Channel caller = message instanceof Message.Response ? callers.get(peer) : null;
        PeerLink link = peers.get(peer);
        return caller != null || link == null ? caller : link.channel();
    }

    /**
     * The node was told that the link in use is down, and is now told of the other as of a new one. If it took over in
     * silence, what was sent by the first would be waited for until it is late; and what the node says to a peer at first
     * tells it the present mark.
     */
    private void useAnotherLink(NodeId peer) {
        if (!peers.containsKey(peer)) {
            links.values().stream()
                    .filter(link -> link.leadsTo(peer))
                    .findFirst()
                    .ifPresent(link -> onLinkUp(peer, link));
        }
    }

    private Listener listener() {
        if (listener == null) {
            throw new IllegalStateException("not bound yet");
        }
        return listener;
    }
}
