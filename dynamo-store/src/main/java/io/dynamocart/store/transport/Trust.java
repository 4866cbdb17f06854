package io.dynamocart.store.transport;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node believes to be one of its cluster: whoever knows the secret and, where there is TLS, has a certificate
 * that this node's trust store accepts. Both sides have to show both.
 *
 * @param secret of the cluster
 * @param tls the context for new connections, asked each time so that certificates can be renewed; null for none, and
 *     then everything travels as it is
 */
public record Trust(ClusterSecret secret, @Nullable Supplier<SSLContext> tls) {

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    /** Encrypts a connection, if that is wanted; before anything else handles it. */
    void secure(SocketChannel channel, boolean caller, Duration patience) {
        if (tls == null) {
            return;
        }
        SSLEngine engine = tls.get().createSSLEngine();
        engine.setUseClientMode(caller);
        engine.setEnabledProtocols(PROTOCOLS);
        if (!caller) {
            engine.setNeedClientAuth(true);
        }
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(patience.toMillis());
        channel.pipeline().addLast(handler);
    }
}
