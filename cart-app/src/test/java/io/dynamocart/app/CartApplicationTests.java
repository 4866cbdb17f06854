package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class CartApplicationTests {

    private final StandardEnvironment settings = new StandardEnvironment();

    @ParameterizedTest
    @ValueSource(strings = {"DYNAMO_STORE_NODEID", "DYNAMO_STORE_NODE_ID"})
    void aNodeIdInTheEnvironmentStartsOneInstance(String name) {
        settings.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "node-1")));

        assertThat(CartApplication.isOneInstance(settings)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dynamo.store.node-id=node-1", "--dynamo.store.nodeId=node-1"})
    void soDoesAnArgument(String argument) {
        settings.getPropertySources().addFirst(new SimpleCommandLinePropertySource(argument));

        assertThat(CartApplication.isOneInstance(settings)).isTrue();
    }

    @Test
    void withoutOneItIsTheLocalCluster() {
        settings.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--dynamo.store.zone=a"));

        assertThat(CartApplication.isOneInstance(settings)).isFalse();
    }
}
