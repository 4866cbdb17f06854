package io.dynamocart.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** Whoever wants tokens to be asked for, in words that mean nothing here, does not get open carts. */
class TokenSettingsTests {

    private final StandardEnvironment settings = new StandardEnvironment();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.security.oauth2.resourceserver.opaquetoken.introspection-uri",
                "spring.security.oauth2.resourceserver.opaquetoken.client-secret",
                "spring.security.oauth2.resourceserver.jwt.issuer-url",
                "spring.security.oauth2.resourceserver.jwt.audience",
                "spring.security.oauth2.resourceserver.issuer-uri",
                "spring.security.oauth2.resource-server.jwt.issuer",
                "spring.security.oauth2.resourceservers.jwt.issuer-uri"
            })
    void whatHasNoEffectIsRefused(String name) {
        settings.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--" + name + "=hidden"));

        assertThatThrownBy(() -> TokenSettings.checkUnderstood(settings))
                .isInstanceOf(TokenSettings.Misunderstood.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_OPAQUETOKEN_INTROSPECTIONURI",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURL"
            })
    void alsoInTheEnvironment(String name) {
        inTheEnvironment(name);

        assertThatThrownBy(() -> TokenSettings.checkUnderstood(settings)).hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES_0",
                "spring.security.oauth2.resourceserver.jwt.publicKeyLocation",
                "spring.security.oauth2.resourceserver.jwt.jws-algorithms[1]",
                "spring.security.oauth2.resourceserver.jwt.authorities-claim-name"
            })
    void whateverSpringBootBindsIsUnderstoodInAllItsForms(String name) {
        inTheEnvironment(name);
        ConfigurationPropertySources.attach(settings);

        assertThatCode(() -> TokenSettings.checkUnderstood(settings)).doesNotThrowAnyException();
    }

    /** The audience alone says of no token that it counts. */
    @Test
    void whereNobodySaysWhoseTokensCountNothingElseMayBeSaidOfThem() {
        assertThatCode(() -> TokenSettings.checkNone(settings)).doesNotThrowAnyException();
        settings.getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(
                        "--spring.security.oauth2.resourceserver.jwt.audiences=carts"));

        assertThatThrownBy(() -> TokenSettings.checkNone(settings))
                .hasMessageContaining("All carts would be open")
                .hasMessageContaining("spring.security.oauth2.resourceserver.jwt.audiences");
    }

    @Test
    void itIsExplained() {
        FailureAnalysis analysis = Objects.requireNonNull(new TokenSettingsFailureAnalyzer()
                .analyze(new IllegalStateException(new TokenSettings.Misunderstood("This has no effect here: x"))));

        assertThat(analysis.getDescription()).contains("did not start", "This has no effect here: x");
        assertThat(analysis.getAction())
                .contains("spring.security.oauth2.resourceserver.jwt.issuer-uri", "opaquetoken", "JWTs");
        // Some of Spring Boot's own want arguments that a start has and this has not
        FailureHandler leaveOut = (_, _, _) -> {};
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, leaveOut))
                .hasAtLeastOneElementOfType(TokenSettingsFailureAnalyzer.class);
    }

    private void inTheEnvironment(String name) {
        settings.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(name, "something")));
    }
}
