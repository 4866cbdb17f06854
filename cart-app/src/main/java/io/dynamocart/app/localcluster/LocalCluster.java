package io.dynamocart.app.localcluster;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.NodeDriver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Three instances in this JVM, each with its own port, node and data directory, as three machines would have, and the
 * network between them. To see what becomes of the carts, instances can be stopped and started again, links cut, and
 * quorums changed; for that each instance has its cluster as a bean. One log tells which instance is which. Ends, all
 * three of them, when the JVM is told to. Thread-safe.
 */
public final class LocalCluster {

    private static final Logger log = LoggerFactory.getLogger(LocalCluster.class);

    private static final Duration MOST_FOR_BIRTH = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final List<LocalInstance> instances;
    private final Links links = new Links();
    private final Quorum quorum = new Quorum();
    private final Consumer<LocalInstance> starter;
    private final PowerSwitch power;

    /**
     * One of the three, as it is now.
     *
     * @param url where it serves
     */
    public record Instance(String name, String url, InstanceState state) {}

    private LocalCluster(Class<?> application, LocalClusterProperties properties, String... args) {
        this.instances = IntStream.rangeClosed(1, LocalClusterProperties.SIZE)
                .mapToObj(number -> new LocalInstance(number, properties))
                .toList();
        this.starter = instance -> instance.start(application, context -> connect(instance, context), args);
        this.power = new PowerSwitch(instances, starter);
    }

    /**
     * Starts the cluster and waits until it serves requests.
     *
     * @param application what an instance is one of
     * @param args given to every instance
     */
    public static LocalCluster start(Class<?> application, LocalClusterProperties properties, String... args) {
        LocalCluster cluster = new LocalCluster(application, properties, args);
        try {
            cluster.instances.forEach(cluster.starter);
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
        return instances.stream().map(LocalInstance::url).toList();
    }

    /** The instances as they are now, in order. */
    public List<Instance> instances() {
        return instances.stream()
                .map(it -> new Instance(it.name(), it.url(), it.state()))
                .toList();
    }

    /** What stops and starts them. */
    public PowerSwitch power() {
        return power;
    }

    /** The network between them. */
    public Links links() {
        return links;
    }

    /** How many replicas their requests need. */
    public Quorum quorum() {
        return quorum;
    }

    /** Stops all instances. */
    public void stop() {
        power.close();
        instances.reversed().forEach(LocalInstance::stop);
    }

    private void connect(LocalInstance instance, ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton("localCluster", this);
        beans.registerSingleton("linkFilter", links.leaving(instance.name()));
        beans.addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DynamoStore store ? new QuorumStore(store, quorum) : bean;
            }
        });
    }

    /** The nodes meet within moments of the last one's start. */
    private void awaitBirth() {
        long end = System.nanoTime() + MOST_FOR_BIRTH.toNanos();
        for (LocalInstance instance : instances) {
            NodeDriver driver = instance.context().orElseThrow().getBean(NodeDriver.class);
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
