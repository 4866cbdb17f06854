package io.dynamocart.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses a start with a setting of ours that does not exist: what is misspelled would be as if it were not set, in silence.
 * Which ones exist, the configuration metadata of the modules tells. Environment variables are not looked at, since others
 * set such as well: Kubernetes sets {@code CART_PORT} where a service is called cart. Nor are config trees, whose files may be
 * there for others, such as {@code cart.key}. Made by Spring, by name.
 */
public final class UnknownSettings implements EnvironmentPostProcessor, Ordered {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final List<ConfigurationPropertyName> OURS = Stream.of("dynamo.store", "cart", "local-cluster")
            .map(ConfigurationPropertyName::of)
            .toList();

    /** Settings that do not exist. */
    static final class UnknownSettingsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** As they were given, in their order. */
        private final transient List<ConfigurationPropertyName> unknown;

        private final transient SortedSet<ConfigurationPropertyName> known;

        UnknownSettingsException(List<ConfigurationPropertyName> unknown, SortedSet<ConfigurationPropertyName> known) {
            super("there is no setting " + unknown);
            this.unknown = unknown;
            this.known = known;
        }

        List<ConfigurationPropertyName> unknown() {
            return unknown;
        }

        SortedSet<ConfigurationPropertyName> known() {
            return known;
        }
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<ConfigurationPropertyName> given = given(environment).toList();
        if (given.isEmpty()) {
            // Most starts of a container, which has its settings from the environment, need no metadata
            return;
        }
        SortedSet<ConfigurationPropertyName> known = known(application.getClassLoader());
        List<ConfigurationPropertyName> unknown = given.stream()
                .filter(name -> known.stream().noneMatch(each -> isPartOf(each, name)))
                .toList();
        // Where the code was compiled without it, there is no metadata
        if (!unknown.isEmpty() && !known.isEmpty()) {
            throw new UnknownSettingsException(unknown, known);
        }
    }

    /** Once all files are read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    private static Stream<ConfigurationPropertyName> given(ConfigurableEnvironment environment) {
        Stream.Builder<ConfigurationPropertyName> names = Stream.builder();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource listed
                    && !isFromOthers(source.getUnderlyingSource())) {
                listed.forEach(names::add);
            }
        }
        return names.build().filter(UnknownSettings::isOurs).distinct().sorted();
    }

    private static boolean isFromOthers(@Nullable Object source) {
        return source instanceof SystemEnvironmentPropertySource || source instanceof ConfigTreePropertySource;
    }

    /** Also of a section in a file that has nothing in it, or nothing any more. */
    private static boolean isPartOf(ConfigurationPropertyName known, ConfigurationPropertyName given) {
        return known.equals(given) || known.isAncestorOf(given) || given.isAncestorOf(known);
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return OURS.stream().anyMatch(prefix -> prefix.isAncestorOf(name));
    }

    private static SortedSet<ConfigurationPropertyName> known(ClassLoader classes) {
        SortedSet<ConfigurationPropertyName> names = new TreeSet<>();
        try {
            for (URL metadata : classes.resources(METADATA).toList()) {
                try (InputStream in = metadata.openStream()) {
                    JsonMapper.shared()
                            .readTree(in)
                            .path("properties")
                            .forEach(property -> names.add(ConfigurationPropertyName.of(
                                    property.path("name").asString())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.removeIf(name -> !isOurs(name));
        return names;
    }
}
