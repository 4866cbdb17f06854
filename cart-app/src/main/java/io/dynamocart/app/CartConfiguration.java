package io.dynamocart.app;

import io.dynamocart.app.cart.Carts;
import io.dynamocart.app.cart.Clocks;
import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.Expiry;
import io.dynamocart.store.runtime.DriverSettings;
import io.dynamocart.store.version.Reconciliation;
import io.micrometer.observation.ObservationFilter;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the {@link Carts} of an instance out of its store and its settings.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CartProperties.class)
class CartConfiguration {

    /**
     * Decodes and merges, which never waits, so that a thread for each processor is enough. Where there are traces, what
     * it does is in the trace of what it was handed over by.
     */
    @Bean(destroyMethod = "close")
    ExecutorService cartExecutor(ObjectProvider<OpenTelemetry> tracing) {
        ExecutorService threads = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().name("cart-", 0).daemon().factory());
        return tracing.getIfAvailable() == null ? threads : Context.taskWrapping(threads);
    }

    /** Keeps out of traces whose cart it is, since whoever reads a guest's id has the cart. The route stays in them. */
    @Bean
    ObservationFilter pathsAreNotTraced() {
        return request -> request.removeHighCardinalityKeyValue("http.url");
    }

    /** The store carries it out: all that is in it is carts. */
    @Bean
    Expiry cartExpiry(CartProperties properties) {
        return properties.expiry();
    }

    @Bean
    Carts carts(DynamoStore store, DriverSettings settings, CartProperties properties, ExecutorService cartExecutor) {
        if (!settings.node().limits().truncation().isOff()) {
            throw new IllegalStateException(
                    "dynamo.store.truncate-clocks must stay off: the cart reads the pasts of versions, "
                            + "and brings removed lines back where they are cut");
        }
        if (settings.node().limits().reconciliation() != Reconciliation.APPLICATION) {
            throw new IllegalStateException(
                    "dynamo.store.reconciliation must stay 'application': the cart merges versions itself, "
                            + "and loses adds where the store picks one");
        }
        return new Carts(
                store, properties.limits(), new Clocks(InstantSource.system(), System::nanoTime), cartExecutor);
    }
}
