package io.dynamocart.app.lab;

import io.dynamocart.app.localcluster.LocalCluster;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a browser on this machine finds the instances of a local cluster, and so where their page may come from.
 *
 * @param hosts each as a name or an address of this machine, and a port
 */
record Origins(List<String> hosts) {

    private static final String SCHEME = "http://";

    /** Those of all instances, whether they run or not. */
    static Origins of(LocalCluster cluster) {
        return new Origins(cluster.urls().stream()
                .map(url -> URI.create(url).getPort())
                .flatMap(port -> Stream.of("localhost:" + port, "127.0.0.1:" + port))
                .toList());
    }

    List<String> urls() {
        return hosts.stream().map(SCHEME::concat).toList();
    }

    /** Whether a page with this header comes from one of the instances. */
    boolean contains(String origin) {
        return urls().contains(origin);
    }

    /** Whether a request with this header was meant for one of them, and not for a name that leads here for once. */
    boolean hasHost(String host) {
        return hosts.contains(host.toLowerCase(Locale.ROOT));
    }
}
