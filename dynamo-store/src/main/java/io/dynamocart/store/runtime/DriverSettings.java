package io.dynamocart.store.runtime;

import io.dynamocart.store.backup.BackupSettings;
import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.storage.StorageSettings;
import io.dynamocart.store.transport.TransportSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all that it takes to run a node.
 *
 * @param cluster name of the cluster; nodes of another never talk to it
 * @param secret with which contexts are sealed, and nodes know each other; the same on all nodes
 * @param tls the context for new connections between nodes, asked for each; null for connections without TLS
 * @param dataDirectory where the node keeps everything
 * @param bindAddress where it listens to its peers, {@code host:port}
 * @param maxInFlight client requests under way at once; beyond that they are refused
 * @param drainTimeout how long a stop waits for requests under way
 */
public record DriverSettings(
        NodeSettings node,
        String cluster,
        String secret,
        @Nullable Supplier<SSLContext> tls,
        Path dataDirectory,
        String bindAddress,
        StorageSettings storage,
        TransportSettings transport,
        BackupSettings backup,
        int maxInFlight,
        Duration drainTimeout) {

    public DriverSettings {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("%d requests in flight".formatted(maxInFlight));
        }
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("a stop waits %s for requests".formatted(drainTimeout));
        }
    }

    byte[] secretBytes() {
        return (cluster + '\n' + secret).getBytes(StandardCharsets.UTF_8);
    }
}
