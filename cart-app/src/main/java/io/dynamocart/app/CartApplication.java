package io.dynamocart.app;

import io.dynamocart.app.localcluster.LocalCluster;
import io.dynamocart.app.localcluster.LocalClusterProperties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts one instance of the cart service where a node id is set, by whatever means Spring Boot knows; without one, a
 * local cluster of three.
 */
@SpringBootApplication
public class CartApplication {

    static void main(String[] args) {
        Environment settings = settings(args);
        if (settings.containsProperty("dynamo.store.node-id")) {
            SpringApplication.run(CartApplication.class, args);
        } else {
            LocalCluster.start(CartApplication.class, LocalClusterProperties.of(settings), args);
        }
    }

    private static Environment settings(String... args) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }
}
