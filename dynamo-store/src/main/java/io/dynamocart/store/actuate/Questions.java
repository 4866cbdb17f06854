package io.dynamocart.store.actuate;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.NodeDriver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks a node something, and waits for the answer. */
final class Questions {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private Questions() {}

    /** @throws RuntimeException what the question threw; {@link IllegalStateException} if there is no answer */
    static <T> T ask(NodeDriver driver, Function<DynamoNode, T> question) {
        return await(driver.ask(question));
    }

    /** Waits for an answer, as {@link #ask} does. */
    static <T> T await(CompletableFuture<T> answer) {
        return await(answer, PATIENCE).orElseThrow(() -> new IllegalStateException("the node does not answer"));
    }

    /**
     * Waits for an answer; empty if there is none in time.
     *
     * @throws RuntimeException what the question threw
     */
    static <T> Optional<T> await(CompletableFuture<T> answer, Duration patience) {
        try {
            return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException(failed.getCause());
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
