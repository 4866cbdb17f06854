package io.dynamocart.store.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread that reads. */
class LookupsTests {

    private final TestThread node = new TestThread();
    private final Lookups lookups = new Lookups("node", node);

    @AfterEach
    void end() {
        lookups.close();
        node.close();
    }

    @Test
    void aReplyThatFailsTakesNoOtherWithIt() {
        CompletableFuture<String> held = new CompletableFuture<>();
        CompletableFuture<String> read = new CompletableFuture<>();
        // The others wait while the reader is held up, and are then looked up together
        lookups.add(() -> {
            held.join();
            return _ -> {};
        });
        lookups.add(() -> _ -> {
            throw new IllegalStateException("a test says so");
        });
        lookups.add(() -> _ -> read.complete("read"));
        held.complete("go on");

        assertThat(read.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("read");
    }

    @Test
    void goesOnAfterALookupThatThrows() {
        CompletableFuture<String> read = new CompletableFuture<>();
        CompletableFuture<Void> threw = new CompletableFuture<>();
        lookups.add(() -> {
            threw.complete(null);
            throw new OutOfMemoryError("a test says so");
        });
        threw.join();
        lookups.add(() -> _ -> read.complete("read"));

        assertThat(read.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("read");
    }
}
