package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.transport.ClusterSecret.Role;
import io.dynamocart.store.transport.Handshake.Hello;
import io.dynamocart.store.transport.Handshake.Proof;
import io.dynamocart.store.transport.Handshake.Welcome;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection from a peer: its hello is checked first, then its proof, then it brings messages. For the node's thread.
 */
final class InboundConnection extends SimpleChannelInboundHandler<ByteReader> {

    private static final Logger log = LoggerFactory.getLogger(InboundConnection.class);

    private final NettyTransport transport;
    private final SocketChannel channel;
    private final Frames.Decoder decoder = new Frames.Decoder();
    private @Nullable Hello greeted;
    private long nonce;
    private @Nullable NodeId peer;
    private boolean failed;

    InboundConnection(NettyTransport transport, SocketChannel channel) {
        this.transport = transport;
        this.channel = channel;
    }

    void begin() {
        Sockets.prepare(channel, transport.settings());
        transport.inbound().add(channel);
        transport.unproven().add(channel);
        transport.trust().secure(channel, false, transport.settings().connectTimeout());
        channel.pipeline().addLast(decoder, this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteReader in) {
        if (peer != null) {
            transport.onRequest(peer, channel);
            transport.onFrame(peer, channel, in);
        } else if (greeted != null) {
            check(context, greeted, Proof.readFrom(in));
        } else {
            meet(context, Hello.readFrom(in));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (peer != null) {
            transport.onCallerGone(peer, channel);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!failed) {
            // Each frame that waits for a broken connection fails
            failed = true;
            Failures.tell(peer, String.valueOf(channel.remoteAddress()), cause);
        }
        ChannelFuture _ = context.close();
    }

    private void meet(ChannelHandlerContext context, Hello hello) {
        Optional<OutboundConnection> own = transport.ownCall(hello);
        if (own.isPresent()) {
            // Neither a peer nor a namesake, whom an operator would have to be told of
            own.get().onMetItself();
            ChannelFuture _ = context.close();
        } else {
            greet(context, hello);
        }
    }

    private void greet(ChannelHandlerContext context, Hello hello) {
        NettyTransport.Identity self = transport.identity();
        Protocol protocol = transport.settings().protocol();
        String refusal = Handshake.refusal(hello, protocol, self.cluster(), self.node());
        int version = protocol.common(hello.protocol()).orElse(1);
        nonce = ClusterSecret.nonce();
        String proof = refusal == null ? transport.trust().secret().proof(Role.CALLED, hello, nonce) : "";
        Welcome welcome = new Welcome(self.node(), refusal, nonce, proof, version);
        ChannelFuture sent = context.writeAndFlush(Frames.frame(context.alloc(), welcome::writeTo));
        if (refusal != null) {
            log.warn("Node {} at {} is refused: {}", hello.node(), channel.remoteAddress(), refusal);
            ChannelFuture _ = sent.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        channel.attr(Protocol.SPOKEN).set(version);
        greeted = hello;
    }

    private void check(ChannelHandlerContext context, Hello hello, Proof proof) {
        if (!transport.trust().secret().isProof(proof.proof(), Role.CALLER, hello, nonce)) {
            log.warn(
                    "Node {} at {} is refused: it does not know this cluster's secret (dynamo.store.secret)",
                    hello.node(),
                    channel.remoteAddress());
            ChannelFuture _ = context.close();
            return;
        }
        peer = hello.node();
        transport.unproven().onProven(channel);
        transport.onHello(hello.node(), hello.address(), channel);
        decoder.allow(transport.settings().maxFrameBytes());
    }
}
