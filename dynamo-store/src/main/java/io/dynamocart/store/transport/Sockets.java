package io.dynamocart.store.transport;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;

/** How the connections between nodes are set up, whoever calls. */
final class Sockets {

    /** A peer that vanished without a word is given up after this, whatever is on its way to it. */
    private static final int VANISHED_AFTER_MILLIS = 10_000;

    private static final int PROBE_EVERY_SECONDS = 5;

    private Sockets() {}

    static void prepare(SocketChannel channel, TransportSettings settings) {
        // Where nothing is on its way, only probes find out that the peer has vanished; the system's own come after two
        // hours
        channel.config().setKeepAlive(true).setTcpNoDelay(true).setWriteBufferWaterMark(settings.waterMark());
        if (channel instanceof EpollSocketChannel epoll) {
            epoll.config().setTcpKeepIdle(PROBE_EVERY_SECONDS).setTcpKeepIntvl(PROBE_EVERY_SECONDS);
            epoll.config().setTcpUserTimeout(VANISHED_AFTER_MILLIS);
        }
    }
}
