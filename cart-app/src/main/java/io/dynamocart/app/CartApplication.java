package io.dynamocart.app;

import io.dynamocart.app.localcluster.LocalCluster;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts one instance of the cart service where a node id is set, by whatever means Spring Boot knows; without one, a
 * local cluster of three.
 */
@SpringBootApplication
public class CartApplication {

    static void main(String[] args) {
        if (namesANode(args)) {
            SpringApplication.run(CartApplication.class, args);
        } else {
            LocalCluster.start(args);
        }
    }

    private static boolean namesANode(String[] args) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment.containsProperty("dynamo.store.node-id");
    }
}
