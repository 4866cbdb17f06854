package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.message.Message.Ping;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.time.Instant;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** That a peer has gone is the story of an outage; what operators are called for is another matter. */
@ExtendWith(OutputCaptureExtension.class)
class BrokenConnectionTests {

    private static final NodeId PEER = new NodeId("peer");
    private static final String ADDRESS = "peer:7000";

    private final EventLoopThread loop = new EventLoopThread("node");

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aPeerThatWasKilledIsNoWarning(CapturedOutput output) {
        Failures.tell(PEER, ADDRESS, new IOException("Connection reset by peer"));

        assertThat(output.getOut())
                .contains("Connection with peer at peer:7000 has broken")
                .doesNotContain("WARN");
    }

    @Test
    void aPeerWithoutTheRightCertificateIsAndSoIsWhoeverSendsWhatNoNodeWould(CapturedOutput output) {
        Failures.tell(PEER, ADDRESS, new SSLHandshakeException("bad certificate"));
        Failures.tell(null, ADDRESS, new IOException("Connection reset by peer"));

        assertThat(output.getOut().lines().filter(line -> line.contains("WARN") && line.contains("is closed")))
                .hasSize(2);
    }

    /** Whatever waits for it fails: thousands of messages, at the rate that this cluster serves. */
    @Test
    void isToldOfOnce(CapturedOutput output) {
        NettyTransport transport = new NettyTransport(
                new NettyTransport.Identity(PEER, "cluster", ADDRESS),
                Station.SECRET,
                Station.SETTINGS,
                loop,
                () -> new Moment(0, Instant.EPOCH));
        PeerLink link = new PeerLink(transport, ADDRESS, Thread::new);
        breakTwice("called", new InboundConnection(transport, new NioSocketChannel()));
        breakTwice("calling", new OutboundConnection(transport, link, new NioSocketChannel(), Protocol.NEWEST));

        assertThat(output.getOut().lines().filter(line -> line.contains("called")))
                .hasSize(1);
        assertThat(output.getOut().lines().filter(line -> line.contains("calling")))
                .hasSize(1);
    }

    /** The connection does not close before all that waits has failed. */
    private static void breakTwice(String why, ChannelHandler connection) {
        EmbeddedChannel channel = new EmbeddedChannel(new StaysOpen(), connection);
        channel.pipeline().fireExceptionCaught(new IOException(why));
        channel.pipeline().fireExceptionCaught(new IOException(why));
        channel.releaseOutbound();
    }

    private static final class StaysOpen extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            promise.setSuccess();
        }
    }

    @Test
    void nothingWaitsForAConnectionThatHasBroken(CapturedOutput output) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.close().syncUninterruptibly();

        new Outbox(Station.SETTINGS, loop).send(channel, PEER, new Ping(1));

        assertThat(output.getOut()).doesNotContain("wait for peer");
    }

    @Test
    void thatTooMuchWaitsIsAWarning(CapturedOutput output) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        ChannelFuture _ = channel.write(Unpooled.wrappedBuffer(new byte[10]));

        new Outbox(Station.SETTINGS, loop).send(channel, PEER, new Ping(1));

        assertThat(output.getOut()).containsPattern("WARN.*wait for peer; messages to it are dropped");
        channel.releaseOutbound();
    }
}
