package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.runtime.EventLog;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Runs a Dynamo node inside the application, and offers its store as a bean. The node starts with its bean and is
 * closed after the web server has let its last request go, so that a graceful stop drains.
 */
@AutoConfiguration
@ConditionalOnProperty("dynamo.store.node-id")
@EnableConfigurationProperties(DynamoStoreProperties.class)
public final class DynamoStoreAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DynamoStoreAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    DriverSettings dynamoDriverSettings(DynamoStoreProperties properties) {
        if (properties.r() + properties.w() <= properties.n()) {
            log.warn(
                    "r={} and w={} do not overlap in n={}: a read may miss an acknowledged write also without failures",
                    properties.r(),
                    properties.w(),
                    properties.n());
        }
        return properties.driverSettings();
    }

    @Bean
    EventLog dynamoEventLog() {
        return new EventLog();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    NodeDriver dynamoNodeDriver(DriverSettings settings, ObjectProvider<NodeEvent.Listener> listeners) {
        List<NodeEvent.Listener> all = listeners.orderedStream().toList();
        return NodeDriver.start(settings, event -> all.forEach(listener -> listener.on(event)));
    }

    @Bean
    @ConditionalOnMissingBean
    DynamoStore dynamoStore(NodeDriver driver) {
        return driver.store();
    }
}
