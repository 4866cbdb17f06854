package io.dynamocart.store.storage;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.port.NodeThread;
import io.dynamocart.store.port.Reply;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A node's thread without a node. */
final class TestThread implements NodeThread, AutoCloseable {

    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @Override
    public void execute(Consumer<Moment> action) {
        executor.execute(() -> action.accept(new Moment(System.nanoTime(), Instant.EPOCH)));
    }

    /** Asks something on the thread, and waits for the reply. */
    <T> T ask(Consumer<Reply<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(_ -> question.accept((_, outcome) -> answer.complete(outcome)));
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        executor.close();
    }
}
