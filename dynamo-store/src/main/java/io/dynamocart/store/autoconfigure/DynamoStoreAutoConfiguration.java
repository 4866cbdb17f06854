package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.Expiry;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.runtime.EventLog;
import io.dynamocart.store.runtime.LinkFilter;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/**
 * Runs a Dynamo node inside the application, and offers its store as a bean. The node starts with its bean and is
 * closed after the web server has let its last request go, so that a graceful stop drains.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnProperty("dynamo.store.node-id")
@EnableConfigurationProperties(DynamoStoreProperties.class)
public final class DynamoStoreAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DynamoStoreAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    DriverSettings dynamoDriverSettings(
            DynamoStoreProperties properties, ObjectProvider<SslBundles> bundles, ObjectProvider<Expiry> expiry) {
        if (properties.r() + properties.w() <= properties.n()) {
            log.warn(
                    "r={} and w={} do not overlap in n={}: a read may miss an acknowledged write also without failures",
                    properties.r(),
                    properties.w(),
                    properties.n());
        }
        if (properties.isOpenToStrangers()) {
            log.warn(
                    "dynamo.store.secret is empty: whoever reaches {} is a node of this cluster, and has all it holds. "
                            + "Set the same secret on all nodes, or dynamo.store.ssl-bundle",
                    properties.listensAt());
        }
        String bundle = properties.sslBundle();
        return properties.driverSettings(
                bundle == null ? null : newestOf(bundle, bundles.getObject()), expiry.getIfAvailable(Expiry::never));
    }

    /** The context of a bundle, and after a reload that of its successor. */
    private static Supplier<SSLContext> newestOf(String name, SslBundles bundles) {
        AtomicReference<SSLContext> newest =
                new AtomicReference<>(bundles.getBundle(name).createSslContext());
        bundles.addBundleUpdateHandler(name, bundle -> newest.set(bundle.createSslContext()));
        return newest::get;
    }

    @Bean
    EventLog dynamoEventLog() {
        return new EventLog();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    NodeDriver dynamoNodeDriver(
            DriverSettings settings, ObjectProvider<NodeEvent.Listener> listeners, ObjectProvider<LinkFilter> filter) {
        List<NodeEvent.Listener> all = listeners.orderedStream().toList();
        return NodeDriver.start(
                settings, event -> all.forEach(listener -> listener.on(event)), filter.getIfAvailable(LinkFilter::all));
    }

    @Bean
    @ConditionalOnMissingBean
    DynamoStore dynamoStore(NodeDriver driver) {
        return driver.store();
    }
}
