package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Settings by which carts would be merged wrongly, or be open against all expectation, are refused at the start. */
class CartConfigurationTests {

    @TempDir
    Path directory;

    @Test
    void aStoreInWhichTheLastWriterWinsIsRefused() {
        assertThatThrownBy(() -> start("--dynamo.store.reconciliation=last-writer-wins"))
                .hasRootCauseMessage(
                        "dynamo.store.reconciliation must stay 'application': the cart merges versions itself, and loses adds where the store picks one");
    }

    @Test
    void soIsOneThatTruncatesPasts() {
        assertThatThrownBy(() -> start("--dynamo.store.truncate-clocks=true"))
                .rootCause()
                .hasMessageContaining("dynamo.store.truncate-clocks must stay off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--spring.security.oauth2.resourceserver.opaquetoken.introspection-uri=http://127.0.0.1/introspect",
                "--spring.security.oauth2.resourceserver.jwt.issuer-url=http://127.0.0.1/shop",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=false"
            })
    void tokensThatNobodyWouldAskForAreRefusedBeforeAnythingIsStarted(String setting) {
        assertThatThrownBy(() -> start(setting))
                .hasMessageContaining("All carts would be open")
                .hasMessageContaining(setting.substring(2, setting.indexOf('=')));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void soIsAWordThatIsNotUnderstoodBesideThoseThatAre() {
        assertThatThrownBy(() -> start(
                        "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1/keys",
                        "--spring.security.oauth2.resourceserver.jwt.audience=carts"))
                .hasMessage("This has no effect here: spring.security.oauth2.resourceserver.jwt.audience");
    }

    private void start(String... settings) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        new SpringApplicationBuilder(CartApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(
                                Stream.of(settings),
                                Stream.of(
                                        "--server.port=0",
                                        "--server.address=127.0.0.1",
                                        "--dynamo.store.node-id=node-1",
                                        "--dynamo.store.address=127.0.0.1:" + port,
                                        "--dynamo.store.data-dir=" + directory))
                        .toArray(String[]::new))
                .close();
    }
}
