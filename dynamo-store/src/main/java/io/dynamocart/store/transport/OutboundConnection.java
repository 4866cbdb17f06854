package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.ClusterSecret.Role;
import io.dynamocart.store.transport.Handshake.Hello;
import io.dynamocart.store.transport.Handshake.Proof;
import io.dynamocart.store.transport.Handshake.Welcome;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a peer: says hello, checks the welcome and proves itself, and then takes what the peer answers. For
 * the node's thread.
 */
final class OutboundConnection extends SimpleChannelInboundHandler<ByteReader> {

    private final NettyTransport transport;
    private final PeerLink link;
    private final SocketChannel channel;
    private final Hello hello;
    private final Frames.Decoder decoder = new Frames.Decoder();
    private @Nullable NodeId peer;
    private boolean failed;
    private String problem =
            "connection closed without a welcome; dynamo.store.ssl-bundle must be set on all nodes, or on none";

    /** @param offer the versions of the protocol to choose from */
    OutboundConnection(NettyTransport transport, PeerLink link, SocketChannel channel, Protocol offer) {
        this.transport = transport;
        this.link = link;
        this.channel = channel;
        NettyTransport.Identity self = transport.identity();
        this.hello = new Hello(offer, self.cluster(), self.node(), self.address(), ClusterSecret.nonce());
    }

    void begin() {
        Sockets.prepare(channel, transport.settings());
        transport.trust().secure(channel, true, transport.settings().connectTimeout());
        channel.pipeline().addLast(decoder, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        link.onOpened(channel);
        transport.onGreeting(hello, this);
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
            transport.onFrame(peer, channel, in);
            return;
        }
        transport.onGreetingOver(hello);
        Welcome welcome = Welcome.readFrom(in);
        if (welcome.refusal() != null) {
            link.onRefused(hello.protocol(), welcome.refusal());
            giveUp(context, welcome.node() + " refuses this node: " + welcome.refusal());
        } else if (!hello.protocol().includes(welcome.version())) {
            giveUp(
                    context,
                    "%s answers by protocol version %d, which was not offered"
                            .formatted(welcome.node(), welcome.version()));
        } else if (!secret().isProof(welcome.proof(), Role.CALLED, hello, welcome.nonce())) {
            giveUp(context, welcome.node() + " has another secret; dynamo.store.secret must be the same on all nodes");
        } else {
            Proof proof = new Proof(secret().proof(Role.CALLER, hello, welcome.nonce()));
            ChannelFuture _ = context.writeAndFlush(Frames.frame(context.alloc(), proof::writeTo));
            channel.attr(Protocol.SPOKEN).set(welcome.version());
            peer = welcome.node();
            problem = "connection closed";
            decoder.allow(transport.settings().maxFrameBytes());
            link.onUp(welcome.node());
        }
    }

    /**
     * This node itself has been called, and ends the connection. The link tries again as ever, since names move: one that
     * leads here today may lead to a peer tomorrow.
     */
    void onMetItself() {
        problem = "it leads to this node itself";
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        transport.onGreetingOver(hello);
        link.onClosed(channel, problem);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!failed) {
            // Each frame that waits for a broken connection fails
            failed = true;
            problem = String.valueOf(cause.getMessage());
            Failures.tell(peer, link.address(), cause);
        }
        ChannelFuture _ = context.close();
    }

    private ClusterSecret secret() {
        return transport.trust().secret();
    }

    private void giveUp(ChannelHandlerContext context, String why) {
        problem = why;
        link.onGivenUp(why);
        ChannelFuture _ = context.close();
    }

    private void closeIfStillGreeting(ChannelHandlerContext context) {
        if (peer == null) {
            problem = "no welcome in time";
            ChannelFuture _ = context.close();
        }
    }
}
