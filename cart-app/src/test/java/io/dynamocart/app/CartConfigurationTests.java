package io.dynamocart.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A store that does not keep what carts are merged by is refused at the start. */
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

    private void start(String setting) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        new SpringApplicationBuilder(CartApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        setting,
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--dynamo.store.node-id=node-1",
                        "--dynamo.store.address=127.0.0.1:" + port,
                        "--dynamo.store.data-dir=" + directory)
                .close();
    }
}
