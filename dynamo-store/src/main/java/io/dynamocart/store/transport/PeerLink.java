package io.dynamocart.store.transport;

import io.dynamocart.store.ring.NodeId;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to whoever listens at one address, made anew for as long as it is wanted. For the node's thread.
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
    private final ThreadFactory lookUps;
    private final AddressTurn turn = new AddressTurn();
    private final LinkProblems problems = new LinkProblems();
    private @Nullable Channel channel;
    private @Nullable NodeId peer;
    private long backoff;
    private boolean waiting;
    private boolean wanted = true;
    private int attempts;
    /** Whether the next hello, and no later one, offers the oldest protocol alone, since the last was refused. */
    private boolean modest;

    /** @param lookUps makes threads, each to look the address up once */
    PeerLink(NettyTransport transport, String address, ThreadFactory lookUps) {
        this.transport = transport;
        this.address = address;
        this.lookUps = lookUps;
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

    /** Whether it is up, to this peer. */
    boolean leadsTo(NodeId node) {
        // Closed, but not yet told so, it leads nowhere
        return node.equals(peer) && channel != null && channel.isActive();
    }

    void connect() {
        if (transport.isClosed()) {
            return;
        }
        // Looking a name up may block, and the loop must not
        orRetry(() -> lookUps.newThread(this::lookUp).start());
    }

    private void lookUp() {
        try {
            InetSocketAddress resolved = HostAndPort.parse(address).resolve(turn.next());
            transport.loop().execute(() -> orRetry(() -> connect(resolved)));
        } catch (IOException | RuntimeException | Error e) {
            transport.loop().execute(() -> retry(String.valueOf(e.getMessage())));
        }
    }

    void close() {
        if (channel != null) {
            ChannelFuture _ = channel.close();
        }
    }

    /**
     * Another link leads to the same peer from now on. If this one is not in use after a while, it is made anew, by whatever
     * its name means then.
     */
    void renewUnlessUsed() {
        Channel present = channel;
        transport
                .loop()
                .schedule(
                        () -> {
                            if (present != null
                                    && present.equals(channel)
                                    && !transport.links().isUsed(this)) {
                                problems.onRenewed();
                                turn.pass();
                                close();
                            }
                        },
                        transport.settings().renewAfter().toNanos());
    }

    /** Whether it was closed only to be made anew: nothing to tell of. */
    boolean isRenewed() {
        return problems.isRenewed();
    }

    /** It is wanted, as at first. */
    void keep() {
        wanted = true;
    }

    /** It is not wanted any more once it is down. */
    void letGo() {
        wanted = false;
        if (waiting) {
            waiting = false;
            transport.links().forget(this);
        }
    }

    /** The connection is made, and the peer will be greeted. */
    void onOpened(Channel opened) {
        channel = opened;
    }

    /** The peer has let this node in. */
    void onUp(NodeId welcoming) {
        peer = welcoming;
        turn.onUp();
        backoff = transport.settings().reconnectMin().toNanos();
        transport.links().onUp(welcoming, this);
        problems.onUp();
    }

    /** The peer does not let this node in, maybe due to words that it does not know. */
    void onRefused(Protocol offered, String why) {
        modest = offered.lowest() < offered.highest() && Protocol.isReasonOf(why);
    }

    /** Nothing comes of this connection, which is closed. */
    void onGivenUp(String why) {
        if (modest) {
            log.info("No link to {} yet: {}; next by the oldest protocol", address, why);
        } else if (problems.isNews(why)) {
            log.warn("No link to {}: {}", address, why);
        }
    }

    void onClosed(Channel closed, String problem) {
        NodeId lost = peer;
        peer = null;
        channel = null;
        if (lost == null && !modest) {
            turn.pass();
        }
        try {
            if (lost != null) {
                transport.links().onDown(lost, this, closed);
            }
        } finally {
            // Whatever the node makes of it: nobody else would ever try again
            retry(lost == null ? problem : problems.ofClosing(problem));
        }
    }

    private void connect(InetSocketAddress resolved) {
        Bootstrap bootstrap = new Bootstrap()
                .group(transport.loop().group())
                .channel(transport.loop().channelType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        transport.settings().connectTimeout().toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connected) {
                        new OutboundConnection(transport, PeerLink.this, connected, offer()).begin();
                    }
                });
        ChannelFuture _ = bootstrap.connect(resolved).addListener(done -> {
            if (!done.isSuccess()) {
                turn.pass();
                retry(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private Protocol offer() {
        Protocol spoken = transport.settings().protocol();
        Protocol offered = modest ? spoken.upTo(spoken.lowest()) : spoken;
        modest = false;
        return offered;
    }

    /** Goes one step on. Whatever is thrown, such as that no thread can be started: nobody else would ever try again. */
    private void orRetry(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            retry(e.toString());
        }
    }

    private void retry(String problem) {
        if (transport.isClosed()) {
            return;
        }
        if (!wanted) {
            transport.links().forget(this);
            return;
        }
        waiting = true;
        int attempt = ++attempts;
        transport.loop().schedule(() -> connectIfStillWaiting(attempt), backoff);
        backoff = Math.min(2 * backoff, transport.settings().reconnectMax().toNanos());
        if (problems.isNews(problem)) {
            log.info("No link to {}: {}", address, problem);
        }
    }

    /** Tries again now instead of later, since the peer lives. */
    void hurry() {
        if (waiting) {
            turn.onCalled();
            connectIfStillWaiting(attempts);
        }
    }

    private void connectIfStillWaiting(int attempt) {
        if (waiting && attempt == attempts) {
            waiting = false;
            connect();
        }
    }
}
