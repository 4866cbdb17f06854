package io.dynamocart.store.transport;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;

/** How the connections between nodes are set up, whoever calls. */
final class Sockets {

    /** A peer that vanished without a word is given up after this, whatever is on its way to it. */
    private static final int VANISHED_AFTER_MILLIS = 10_000;

    private Sockets() {}

    static void prepare(SocketChannel channel, TransportSettings settings) {
        // Where nothing is on its way, only the system's probes find out that the peer has vanished
        channel.config().setKeepAlive(true).setTcpNoDelay(true).setWriteBufferWaterMark(settings.waterMark());
        if (channel instanceof EpollSocketChannel epoll) {
            epoll.config().setTcpUserTimeout(VANISHED_AFTER_MILLIS);
        }
    }
}
