package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynamocart.app.UnknownSettings.UnknownSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    @ParameterizedTest
    @CsvSource({
        "dynamo.store.sedes, dynamo.store.seeds",
        "dynamo.store.node-di, dynamo.store.node-id",
        "local-cluster.htp-port, local-cluster.http-port",
        "cart.rate-limt.per-second, cart.rate-limit.per-second",
        "cart.expire-afer, cart.expire-after"
    })
    void whatIsMisspelledIsRefusedWithWhatWasMeant(String given, String meant) {
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--" + given + "=1"));

        UnknownSettingsException refusal = refusal();
        assertThat(refusal).hasMessageContaining(given);
        assertThat(new UnknownSettingsFailureAnalyzer().analyze(refusal))
                .extracting(FailureAnalysis::getAction)
                .isEqualTo("Write %s instead of %s, or leave it out.".formatted(meant, given));
    }

    @Test
    void soItIsInAFileAndAllIsToldAtOnce() {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("file", Map.of("dynamo.store.zoen", "a", "dynamo.store.wieght", 2)));

        assertThat(refusal()).hasMessage("there is no setting [dynamo.store.wieght, dynamo.store.zoen]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamo.store.node-id",
                "dynamo.store.nodeId",
                "dynamo.store.seeds[0]",
                "cart.page.enabled",
                "cart.rate-limit",
                "spring.anything",
                "cartoons"
            })
    void whatExistsAndWhatIsNotOursIsTaken(String given) {
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--" + given + "=1"));

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    /** Kubernetes sets them for each of its services, of which one may be called cart. */
    @Test
    void ofTheEnvironmentNothingIsRefused() {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.of("CART_PORT", "tcp://10.0.0.1:80")));

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    /** As of secrets, of which some are read by others. */
    @Test
    void norOfADirectoryOfFiles(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("cart.key"), "-----BEGIN");
        environment.getPropertySources().addFirst(new ConfigTreePropertySource("secrets", secrets));

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    private UnknownSettingsException refusal() {
        return Objects.requireNonNull(catchThrowableOfType(UnknownSettingsException.class, this::check), "none");
    }

    private void check() {
        new UnknownSettings().postProcessEnvironment(environment, new SpringApplication());
    }
}
