package io.dynamocart.store.transport;

import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.ring.NodeId;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators of connections that have failed, as loudly as it concerns them. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * A connection has failed: by what came over it, or by an error of ours in handling it.
     *
     * @param known the peer, null before it has said who it is
     */
    static void tell(@Nullable NodeId known, String address, Throwable cause) {
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
}
