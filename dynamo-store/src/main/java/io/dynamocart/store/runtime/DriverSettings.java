package io.dynamocart.store.runtime;

import io.dynamocart.store.node.NodeSettings;
import io.dynamocart.store.storage.StorageSettings;
import io.dynamocart.store.transport.TransportSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * All that it takes to run a node.
 *
 * @param cluster name of the cluster; nodes of another never talk to it
 * @param secret with which contexts are sealed; the same on all nodes
 * @param dataDirectory where the node keeps everything
 * @param bindAddress where it listens to its peers, {@code host:port}
 * @param maxInFlight client requests under way at once; beyond that they are refused
 * @param drainTimeout how long a stop waits for requests under way
 */
public record DriverSettings(
        NodeSettings node,
        String cluster,
        String secret,
        Path dataDirectory,
        String bindAddress,
        StorageSettings storage,
        TransportSettings transport,
        int maxInFlight,
        Duration drainTimeout) {

    public DriverSettings {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("%d requests in flight".formatted(maxInFlight));
        }
    }

    byte[] secretBytes() {
        return (cluster + '\n' + secret).getBytes(StandardCharsets.UTF_8);
    }
}
