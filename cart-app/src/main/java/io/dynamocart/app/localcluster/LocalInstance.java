package io.dynamocart.app.localcluster;

import io.dynamocart.store.transport.EventLoopThread;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** One of the instances, which is started, stopped, and started again, by one thread at a time. */
final class LocalInstance {

    /** Name of the property source that every instance of a local cluster has, and no other. */
    static final String OWN_SETTINGS = "instance of the local cluster";

    private final int number;
    private final LocalClusterProperties properties;
    private volatile InstanceState state = InstanceState.STOPPED;
    private volatile @Nullable ConfigurableApplicationContext context;

    LocalInstance(int number, LocalClusterProperties properties) {
        this.number = number;
        this.properties = properties;
    }

    String name() {
        return "node-" + number;
    }

    String url() {
        return "http://localhost:" + properties.httpPort(number);
    }

    InstanceState state() {
        return state;
    }

    /** Says what is about to be done. */
    void announce(InstanceState next) {
        state = next;
    }

    /** What runs, if it does. */
    Optional<ConfigurableApplicationContext> context() {
        return Optional.ofNullable(context);
    }

    /**
     * Blocks until it has started; if it cannot, it is stopped.
     *
     * @param initializer what it shares with the others
     */
    void start(
            Class<?> application,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer,
            String... args) {
        announce(InstanceState.STARTING);
        try {
            context = run(application, initializer, args);
            announce(InstanceState.RUNNING);
        } catch (RuntimeException e) {
            announce(InstanceState.STOPPED);
            throw e;
        }
    }

    /** Blocks until it has let its last request go. */
    void stop() {
        announce(InstanceState.STOPPING);
        context().ifPresent(ConfigurableApplicationContext::close);
        context = null;
        announce(InstanceState.STOPPED);
    }

    private ConfigurableApplicationContext run(
            Class<?> application,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer,
            String... args) {
        MDC.put(EventLoopThread.MDC_NODE, name());
        try {
            return new SpringApplicationBuilder(application)
                    .bannerMode(number == 1 ? Banner.Mode.CONSOLE : Banner.Mode.OFF)
                    .properties("server.address=127.0.0.1")
                    .initializers(instance -> setOwn(instance.getEnvironment()), initializer)
                    .run(args);
        } finally {
            MDC.remove(EventLoopThread.MDC_NODE);
        }
    }

    /** What makes an instance different from the others comes first, whatever else is set. */
    private void setOwn(ConfigurableEnvironment environment) {
        Map<String, Object> own = Map.of(
                "server.port", properties.httpPort(number),
                "dynamo.store.node-id", name(),
                "dynamo.store.address", properties.nodeAddress(number),
                "dynamo.store.seeds", String.join(",", properties.nodeAddresses()),
                "dynamo.store.data-dir", properties.dataDir().resolve(name()));
        environment.getPropertySources().addFirst(new MapPropertySource(OWN_SETTINGS, own));
    }
}
