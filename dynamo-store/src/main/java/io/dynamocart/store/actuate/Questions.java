package io.dynamocart.store.actuate;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.runtime.NodeDriver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks a node something, and waits for the answer. */
final class Questions {

    private static final int PATIENCE_SECONDS = 5;

    private Questions() {}

    /** @throws RuntimeException what the question threw; {@link IllegalStateException} if there is no answer */
    static <T> T ask(NodeDriver driver, Function<DynamoNode, T> question) {
        return await(driver.ask(question));
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("the node does not answer", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
