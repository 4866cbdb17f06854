package io.dynamocart.store.transport;

import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;

/**
 * How a node talks to its peers.
 *
 * @param maxFrameBytes longest message that is sent or read; a longer one is not sent, or ends the connection
 * @param maxQueuedBytes bytes that may wait for one peer; beyond that messages to it are dropped
 * @param connectTimeout how long a connection may take to be made, and the handshake again
 * @param reconnectMin wait before the second attempt to connect; doubled each time
 * @param reconnectMax longest wait between two attempts
 * @param renewAfter how long a link is kept to a peer that is reached by another one since; then its address is looked up
 *     again. Shorter finds sooner who is there now, where two nodes have changed addresses, and asks more often where a
 *     node has two
 * @param protocol the versions that are spoken
 */
public record TransportSettings(
        int maxFrameBytes,
        int maxQueuedBytes,
        Duration connectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration renewAfter,
        Protocol protocol) {

    public TransportSettings {
        if (maxFrameBytes < 1 << 16 || maxQueuedBytes < 1 << 16) {
            throw new IllegalArgumentException("frames and queues of a transport hold at least 64 KiB");
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("a connection may take %s".formatted(connectTimeout));
        }
        if (!renewAfter.isPositive()) {
            throw new IllegalArgumentException("a link is renewed after %s".formatted(renewAfter));
        }
        if (!reconnectMin.isPositive() || reconnectMax.compareTo(reconnectMin) < 0) {
            throw new IllegalArgumentException(
                    "reconnect after %s to %s is no range".formatted(reconnectMin, reconnectMax));
        }
    }

    /** The same, by other versions of the protocol. */
    public TransportSettings speaking(Protocol versions) {
        return new TransportSettings(
                maxFrameBytes, maxQueuedBytes, connectTimeout, reconnectMin, reconnectMax, renewAfter, versions);
    }

    WriteBufferWaterMark waterMark() {
        return new WriteBufferWaterMark(maxQueuedBytes / 2, maxQueuedBytes);
    }

    public static TransportSettings standard() {
        return new TransportSettings(
                32 << 20,
                16 << 20,
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Protocol.NEWEST);
    }
}
