package io.dynamocart.app;

import io.dynamocart.app.localcluster.LocalCluster;
import io.dynamocart.app.localcluster.LocalClusterProperties;
import io.dynamocart.app.operator.BackupCommand;
import io.dynamocart.app.operator.RestoreCommand;
import io.dynamocart.app.operator.RingCommand;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts one instance of the cart service where a node id is set, by whatever means Spring Boot knows; without one, a
 * local cluster of three. With {@code ring}, {@code backup} or {@code restore} as its first argument it is an operator's
 * tool.
 */
@SpringBootApplication(
        exclude = {
            // They lock everything by default; access and operator say what is asked for, and only where that is set
            ServletWebSecurityAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            OAuth2ResourceServerWebSecurityAutoConfiguration.class
        })
public class CartApplication {

    static void main(String[] args) {
        operate(args).ifPresent(System::exit);
        ConfigurableEnvironment settings = settings(args);
        if (isOneInstance(settings)) {
            SpringApplication.run(CartApplication.class, args);
        } else {
            LocalCluster.start(CartApplication.class, LocalClusterProperties.of(settings), args);
        }
    }

    /** Does what an operator wants, if these are the words for it, and returns the exit code. */
    private static OptionalInt operate(String... args) {
        List<String> words = Arrays.stream(args).skip(1).toList();
        if (RingCommand.isMeantBy(args)) {
            return OptionalInt.of(new RingCommand(System.out, System.getenv()).run(words));
        }
        if (BackupCommand.isMeantBy(args)) {
            return OptionalInt.of(new BackupCommand(System.out, System.getenv()).run(words));
        }
        if (RestoreCommand.isMeantBy(args)) {
            return OptionalInt.of(new RestoreCommand(System.out, Clock.systemUTC()).run(words));
        }
        return OptionalInt.empty();
    }

    /** Whether a node id is set, in any of the forms that Spring Boot binds. */
    static boolean isOneInstance(ConfigurableEnvironment settings) {
        ConfigurationPropertySources.attach(settings);
        return Binder.get(settings).bind("dynamo.store.node-id", String.class).isBound();
    }

    private static ConfigurableEnvironment settings(String... args) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }
}
