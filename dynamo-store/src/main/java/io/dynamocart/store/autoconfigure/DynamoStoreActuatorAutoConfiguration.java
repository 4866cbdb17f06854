package io.dynamocart.store.autoconfigure;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.actuate.AntiEntropyEndpoint;
import io.dynamocart.store.actuate.BackupEndpoint;
import io.dynamocart.store.actuate.DynamoNodeHealthIndicator;
import io.dynamocart.store.actuate.DynamoStoreHealthIndicator;
import io.dynamocart.store.actuate.HandoffEndpoint;
import io.dynamocart.store.actuate.HintsEndpoint;
import io.dynamocart.store.actuate.KeyEndpoint;
import io.dynamocart.store.actuate.NodeEndpoint;
import io.dynamocart.store.actuate.PartitionsEndpoint;
import io.dynamocart.store.actuate.ReplicaSpans;
import io.dynamocart.store.actuate.RingEndpoint;
import io.dynamocart.store.actuate.StoreMeters;
import io.dynamocart.store.actuate.TracedStore;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.runtime.NodeDriver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health, meters and traces of the node, where the application has the Actuator. */
@AutoConfiguration(
        before = DynamoStoreAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnProperty("dynamo.store.node-id")
public final class DynamoStoreActuatorAutoConfiguration {

    /** Beans where the application has health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static final class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "dynamoStoreHealthIndicator")
        DynamoStoreHealthIndicator dynamoStoreHealthIndicator(NodeDriver driver) {
            return new DynamoStoreHealthIndicator(driver);
        }

        @Bean
        @ConditionalOnMissingBean(name = "dynamoNodeHealthIndicator")
        DynamoNodeHealthIndicator dynamoNodeHealthIndicator(ObjectProvider<NodeDriver> driver) {
            return new DynamoNodeHealthIndicator(driver);
        }
    }

    /** Beans where the application has endpoints. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Endpoint.class)
    static final class EndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        RingEndpoint dynamoRingEndpoint(NodeDriver driver, DriverSettings settings) {
            return new RingEndpoint(driver, settings.node().self().id());
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        PartitionsEndpoint dynamoPartitionsEndpoint(NodeDriver driver) {
            return new PartitionsEndpoint(driver);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        NodeEndpoint dynamoNodeEndpoint(NodeDriver driver) {
            return new NodeEndpoint(driver);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        HintsEndpoint dynamoHintsEndpoint(NodeDriver driver) {
            return new HintsEndpoint(driver);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        HandoffEndpoint dynamoHandoffEndpoint(NodeDriver driver, DriverSettings settings) {
            return new HandoffEndpoint(driver, settings.node().self().id());
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        AntiEntropyEndpoint dynamoAntiEntropyEndpoint(NodeDriver driver) {
            return new AntiEntropyEndpoint(driver);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        BackupEndpoint dynamoBackupEndpoint(NodeDriver driver) {
            return new BackupEndpoint(driver);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        KeyEndpoint dynamoKeyEndpoint(DynamoStore store) {
            return new KeyEndpoint(store);
        }
    }

    /** Beans where the application has traces. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    @ConditionalOnBean(Tracer.class)
    static final class TracingConfiguration {

        @Bean
        @ConditionalOnMissingBean
        DynamoStore dynamoStore(NodeDriver driver, Tracer tracer) {
            return new TracedStore(driver.store(), tracer);
        }

        @Bean
        @ConditionalOnMissingBean
        ReplicaSpans dynamoReplicaSpans(Tracer tracer, DriverSettings settings) {
            return new ReplicaSpans(tracer, settings.node().self().id());
        }
    }

    /** Beans where the application has meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static final class MeterConfiguration {

        @Bean
        @ConditionalOnMissingBean
        StoreMeters dynamoStoreMeters(MeterRegistry registry) {
            return new StoreMeters(registry);
        }
    }
}
