package io.dynamocart.app.localcluster;

import io.dynamocart.app.CartApplication;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.NodeDriver;
import io.dynamocart.store.transport.EventLoopThread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Three instances in this JVM, each with its own port, node and data directory, as three machines would have. One log
 * tells which is which. Ends, all three of them, when the JVM is told to.
 */
public final class LocalCluster {

    private static final Logger log = LoggerFactory.getLogger(LocalCluster.class);
    private static final int SIZE = 3;

    private final LocalClusterProperties properties;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    private LocalCluster(LocalClusterProperties properties) {
        this.properties = properties;
    }

    /**
     * Starts the cluster and waits until it serves requests.
     *
     * @param args passed on to every instance, after what makes it different from the others
     */
    public static LocalCluster start(String... args) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        LocalClusterProperties properties = Binder.get(environment)
                .bindOrCreate(LocalClusterProperties.PREFIX, Bindable.of(LocalClusterProperties.class));
        LocalCluster cluster = new LocalCluster(properties);
        try {
            for (int number = 1; number <= SIZE; number++) {
                cluster.instances.add(cluster.startInstance(number, args));
            }
            cluster.awaitBirth();
        } catch (RuntimeException e) {
            cluster.stop();
            throw e;
        }
        log.info("The cluster is ready. Three instances, one cart:\n\n{}\n", cluster.urls().stream()
                .map(url -> "    " + url)
                .collect(Collectors.joining("\n")));
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

    private ConfigurableApplicationContext startInstance(int number, String[] args) {
        String node = "node-" + number;
        MDC.put(EventLoopThread.MDC_NODE, node);
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--server.port=" + properties.httpPort(number));
        all.add("--dynamo.store.node-id=" + node);
        all.add("--dynamo.store.address=" + properties.nodeAddress(number));
        all.add("--dynamo.store.seeds="
                + IntStream.rangeClosed(1, SIZE).mapToObj(properties::nodeAddress).collect(Collectors.joining(",")));
        all.add("--dynamo.store.data-dir=" + properties.dataDir().resolve(node));
        SpringApplication application = new SpringApplicationBuilder(CartApplication.class)
                .bannerMode(number == 1 ? Banner.Mode.CONSOLE : Banner.Mode.OFF)
                .properties("server.address=127.0.0.1")
                .build();
        try {
            return application.run(all.toArray(String[]::new));
        } finally {
            MDC.remove(EventLoopThread.MDC_NODE);
        }
    }

    /** The nodes meet within moments of the last one's start; each request asks anew whether they have. */
    private void awaitBirth() {
        for (ConfigurableApplicationContext instance : instances) {
            NodeDriver driver = instance.getBean(NodeDriver.class);
            while (!driver.ask(DynamoNode::isReady).join()) {
                Thread.onSpinWait();
            }
        }
    }
}
