package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.ClusterSecret.Role;
import io.dynamocart.store.transport.Handshake.Hello;
import io.dynamocart.store.transport.Handshake.Proof;
import io.dynamocart.store.transport.Handshake.Welcome;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to whoever listens at one address, made anew for as long as the node lives. For the node's thread.
 *
 * <pre>
 *   connecting ──▶ greeting ──welcome──▶ up ──closed──▶ waiting ──time, or the peer calls──▶ connecting
 *        └─────────────┴──failed, refused, too slow──────▶ ▲
 * </pre>
 */
final class PeerLink {

    private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

    private final NettyTransport transport;
    private final String address;
    private @Nullable Channel channel;
    private @Nullable NodeId peer;
    private String lastProblem = "";
    private long backoff;
    private boolean waiting;
    private int attempts;
    /** Whether the next hello offers the oldest protocol alone, since the last was refused. */
    private boolean modest;

    PeerLink(NettyTransport transport, String address) {
        this.transport = transport;
        this.address = address;
        this.backoff = transport.settings().reconnectMin().toNanos();
    }

    String address() {
        return address;
    }

    /** The connection while it is up, null otherwise. */
    @Nullable
    Channel channel() {
        return peer == null ? null : channel;
    }

    void connect() {
        if (transport.isClosed()) {
            return;
        }
        // Looking a name up may block, and the loop must not
        Thread.ofVirtual().start(() -> {
            try {
                InetSocketAddress resolved = HostAndPort.parse(address).resolve();
                transport.loop().execute(() -> connect(resolved));
            } catch (IOException | RuntimeException e) {
                transport.loop().execute(() -> retry(String.valueOf(e.getMessage())));
            }
        });
    }

    void close() {
        if (channel != null) {
            ChannelFuture _ = channel.close();
        }
    }

    private void connect(InetSocketAddress resolved) {
        TransportSettings settings = transport.settings();
        Bootstrap bootstrap = new Bootstrap()
                .group(transport.loop().group())
                .channel(transport.loop().channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, settings.waterMark())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connected) {
                        Frames.Decoder decoder = new Frames.Decoder();
                        transport.trust().secure(connected, true, settings.connectTimeout());
                        connected.pipeline().addLast(decoder, new Conversation(decoder));
                    }
                });
        if (EpollSocketChannel.class.equals(transport.loop().channelType())) {
            // A peer that vanished without a word is given up after this, whatever is on its way to it
            bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, 10_000);
        }
        ChannelFuture _ = bootstrap.connect(resolved).addListener(done -> {
            if (!done.isSuccess()) {
                retry(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private Protocol offer() {
        Protocol spoken = transport.settings().protocol();
        return modest ? spoken.upTo(spoken.lowest()) : spoken;
    }

    private void retry(String problem) {
        if (transport.isClosed()) {
            return;
        }
        if (!problem.equals(lastProblem)) {
            log.info("No link to {}: {}", address, problem);
            lastProblem = problem;
        }
        waiting = true;
        int attempt = ++attempts;
        transport.loop().schedule(() -> connectIfStillWaiting(attempt), backoff);
        backoff = Math.min(2 * backoff, transport.settings().reconnectMax().toNanos());
    }

    /** Tries again now instead of later. */
    void hurry() {
        connectIfStillWaiting(attempts);
    }

    private void connectIfStillWaiting(int attempt) {
        if (waiting && attempt == attempts) {
            waiting = false;
            connect();
        }
    }

    /** Says hello, waits for the welcome, and afterwards takes what the peer answers. */
    private final class Conversation extends SimpleChannelInboundHandler<ByteReader> {

        private final Frames.Decoder decoder;
        private final Hello hello;
        private String problem = "connection closed";

        Conversation(Frames.Decoder decoder) {
            this.decoder = decoder;
            NettyTransport.Identity self = transport.identity();
            this.hello = new Hello(offer(), self.cluster(), self.node(), self.address(), ClusterSecret.nonce());
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            ChannelFuture _ = context.writeAndFlush(Frames.frame(context.alloc(), hello::writeTo));
            transport
                    .loop()
                    .schedule(
                            () -> closeIfStillGreeting(context),
                            transport.settings().connectTimeout().toNanos());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteReader in) {
            if (peer != null) {
                transport.onFrame(peer, context.channel(), in);
                return;
            }
            Welcome welcome = Welcome.readFrom(in);
            if (welcome.refusal() != null) {
                modest = !modest && offer().lowest() < offer().highest();
                giveUp(context, welcome.node() + " refuses this node: " + welcome.refusal());
            } else if (!hello.protocol().includes(welcome.version())) {
                giveUp(
                        context,
                        "%s answers by protocol version %d, which was not offered"
                                .formatted(welcome.node(), welcome.version()));
            } else if (!secret().isProof(welcome.proof(), Role.CALLED, hello, welcome.nonce())) {
                giveUp(
                        context,
                        welcome.node() + " has another secret; dynamo.store.secret must be the same on all nodes");
            } else {
                Proof proof = new Proof(secret().proof(Role.CALLER, hello, welcome.nonce()));
                ChannelFuture _ = context.writeAndFlush(Frames.frame(context.alloc(), proof::writeTo));
                begin(welcome, context.channel());
            }
        }

        private ClusterSecret secret() {
            return transport.trust().secret();
        }

        private void giveUp(ChannelHandlerContext context, String why) {
            problem = why;
            if (modest) {
                log.info("No link to {} yet: {}; next by the oldest protocol", address, why);
            } else {
                log.warn("No link to {}: {}", address, why);
            }
            ChannelFuture _ = context.close();
        }

        private void begin(Welcome welcome, Channel opened) {
            opened.attr(Protocol.SPOKEN).set(welcome.version());
            modest = false;
            peer = welcome.node();
            decoder.allow(transport.settings().maxFrameBytes());
            lastProblem = "";
            backoff = transport.settings().reconnectMin().toNanos();
            transport.onLinkUp(welcome.node(), PeerLink.this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            NodeId lost = peer;
            peer = null;
            channel = null;
            if (lost != null) {
                transport.onLinkDown(lost, PeerLink.this, context.channel());
            }
            retry(problem);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            problem = String.valueOf(cause.getMessage());
            transport.logFailure(peer, address, cause);
            ChannelFuture _ = context.close();
        }

        private void closeIfStillGreeting(ChannelHandlerContext context) {
            if (context.channel().equals(channel) && peer == null) {
                problem = "no welcome in time";
                ChannelFuture _ = context.close();
            }
        }
    }
}
