package io.dynamocart.app.localcluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Settings of the local cluster, which starts where no dynamo.store.node-id is set.
 *
 * @param httpPort Port of the first instance; the others take those after it.
 * @param nodePort Port on which the first node listens to the others; they take those after it.
 * @param dataDir Directory that holds one data directory for each node.
 */
@ConfigurationProperties(LocalClusterProperties.PREFIX)
public record LocalClusterProperties(
        @DefaultValue("8081") int httpPort,
        @DefaultValue("7001") int nodePort,
        @DefaultValue("data") Path dataDir) {

    static final String PREFIX = "local-cluster";

    /** How many instances there are. */
    static final int SIZE = 3;

    public static LocalClusterProperties of(Environment environment) {
        return Binder.get(environment).bindOrCreate(PREFIX, LocalClusterProperties.class);
    }

    int httpPort(int number) {
        return httpPort + number - 1;
    }

    String nodeAddress(int number) {
        return "127.0.0.1:" + (nodePort + number - 1);
    }

    /** Of all of them. */
    List<String> nodeAddresses() {
        return IntStream.rangeClosed(1, SIZE).mapToObj(this::nodeAddress).toList();
    }
}
