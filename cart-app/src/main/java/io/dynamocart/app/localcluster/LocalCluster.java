package io.dynamocart.app.localcluster;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.transport.EventLoopThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Three instances in this JVM, each with its own port, node and data directory, as three machines would have. One log
 * tells which is which. Ends, all three of them, when the JVM is told to.
 */
public final class LocalCluster {

    private static final Logger log = LoggerFactory.getLogger(LocalCluster.class);
    private static final int SIZE = 3;

    private static final Duration MOST_FOR_BIRTH = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Class<?> application;
    private final LocalClusterProperties properties;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    private LocalCluster(Class<?> application, LocalClusterProperties properties) {
        this.application = application;
        this.properties = properties;
    }

    /**
     * Starts the cluster and waits until it serves requests.
     *
     * @param application what an instance is one of
     * @param args given to every instance
     */
    public static LocalCluster start(Class<?> application, LocalClusterProperties properties, String... args) {
        LocalCluster cluster = new LocalCluster(application, properties);
        try {
            for (int number = 1; number <= SIZE; number++) {
                cluster.instances.add(cluster.startInstance(number, args));
            }
            cluster.awaitBirth();
        } catch (RuntimeException e) {
            cluster.stop();
            throw e;
        }
        String urls = cluster.urls().stream().map(url -> "    " + url).collect(Collectors.joining("\n"));
        log.info("The cluster is ready. Three instances, one cart:\n\n{}\n", urls);
        return cluster;
    }

    /** Where the instances serve, in order. */
    public List<String> urls() {
        return IntStream.rangeClosed(1, SIZE)
                .mapToObj(number -> "http://localhost:" + properties.httpPort(number))
                .toList();
    }

    /** Stops all instances. */
    public void stop() {
        instances.reversed().forEach(ConfigurableApplicationContext::close);
        instances.clear();
    }

    private ConfigurableApplicationContext startInstance(int number, String... args) {
        MDC.put(EventLoopThread.MDC_NODE, nodeName(number));
        try {
            return new SpringApplicationBuilder(application)
                    .bannerMode(number == 1 ? Banner.Mode.CONSOLE : Banner.Mode.OFF)
                    .properties("server.address=127.0.0.1")
                    .initializers(instance -> setOwn(number, instance.getEnvironment()))
                    .run(args);
        } finally {
            MDC.remove(EventLoopThread.MDC_NODE);
        }
    }

    /** What makes an instance different from the others comes first, whatever else is set. */
    private void setOwn(int number, ConfigurableEnvironment environment) {
        Map<String, Object> own = Map.of(
                "server.port", properties.httpPort(number),
                "dynamo.store.node-id", nodeName(number),
                "dynamo.store.address", properties.nodeAddress(number),
                "dynamo.store.seeds",
                        IntStream.rangeClosed(1, SIZE)
                                .mapToObj(properties::nodeAddress)
                                .collect(Collectors.joining(",")),
                "dynamo.store.data-dir", properties.dataDir().resolve(nodeName(number)));
        environment.getPropertySources().addFirst(new MapPropertySource("instance " + number, own));
    }

    private static String nodeName(int number) {
        return "node-" + number;
    }

    /** The nodes meet within moments of the last one's start. */
    private void awaitBirth() {
        long end = System.nanoTime() + MOST_FOR_BIRTH.toNanos();
        for (ConfigurableApplicationContext instance : instances) {
            NodeDriver driver = instance.getBean(NodeDriver.class);
            while (!driver.ask(DynamoNode::isReady).join()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the local cluster does not come up: "
                            + driver.ask(DynamoNode::obstacle).join());
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }
}
