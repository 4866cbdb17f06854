package io.dynamocart.app.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The settings that say whose tokens count. Whoever sets any of them wants carts locked; so what is not understood stops the
 * start, since it would leave them open.
 */
final class TokenSettings {

    /** Above all that Spring understands of it. */
    static final String PREFIX = "spring.security.oauth2.resourceserver";

    /** Above what is understood here. */
    static final String JWT = PREFIX + ".jwt";

    private static final Set<String> UNDERSTOOD = Stream.of(
                    BeanUtils.getPropertyDescriptors(OAuth2ResourceServerProperties.Jwt.class))
            .map(property -> plain(JWT + property.getName()))
            .collect(Collectors.toUnmodifiableSet());

    private TokenSettings() {}

    /** @throws Misunderstood if any of it would have no effect here */
    static void checkUnderstood(ConfigurableEnvironment environment) {
        List<String> unknown = set(environment)
                .filter(name -> !UNDERSTOOD.contains(plain(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Misunderstood("This has no effect here: " + String.join(", ", unknown));
        }
    }

    /** @throws Misunderstood if there is any of it, where no tokens would be asked for */
    static void checkNone(ConfigurableEnvironment environment) {
        List<String> vain = set(environment).toList();
        if (!vain.isEmpty()) {
            throw new Misunderstood(
                    "All carts would be open, since nothing that is understood here says whose tokens count: there is only "
                            + String.join(", ", vain));
        }
    }

    /** As they were written, wherever that was. */
    private static Stream<String> set(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(name -> plain(name).startsWith(plain(PREFIX)))
                .distinct()
                .sorted();
    }

    /** The same in all the forms that Spring Boot binds, and of all the elements of a list. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").replaceAll("\\d+$", "");
    }

    /** Somebody wants tokens to be asked for, in words that have no effect here. */
    static final class Misunderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misunderstood(String problem) {
            super(problem);
        }
    }
}
