package io.dynamocart.app.cart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Does the operations of a batch: reads and merges the cart, does one after the other, and writes the outcome as one version
 * (docs/architecture.md, "Life of a cart add"), which all are shown. Thread-safe.
 */
final class BatchWriter {

    private final CartStore store;
    private final Agreement agreement;
    private final CartLimits limits;
    private final Clocks clocks;
    private final Executor executor;

    /** @param executor where clients are answered */
    BatchWriter(CartStore store, CartLimits limits, Clocks clocks, Executor executor) {
        this.store = store;
        this.agreement = new Agreement(store, limits, clocks);
        this.limits = limits;
        this.clocks = clocks;
        this.executor = executor;
    }

    /** For how long a client waits for its answer. */
    Duration patience() {
        return store.timeout();
    }

    /** Done when all are answered but those that it returns, whose clients have seen what this read did not find. */
    CompletableFuture<List<Pending>> write(CartId cart, Batch batch) {
        List<Pending> unread = new ArrayList<>();
        return store.readToWrite(cart, batch.atLeast())
                .thenCompose(agreement::sought)
                .thenCompose(read -> attempt(batch, read, unread))
                .handleAsync(
                        (_, problem) -> {
                            if (problem != null) {
                                Throwable root = CartStore.rootOf(problem);
                                batch.operations().stream()
                                        .filter(pending -> !unread.contains(pending))
                                        .forEach(pending -> pending.answer().completeExceptionally(root));
                            }
                            return unread;
                        },
                        executor);
    }

    private CompletableFuture<?> attempt(Batch batch, CartRead read, List<Pending> unread) {
        CartUpdate update = new CartUpdate(read, limits, clocks.wall().instant());
        CartState state = read.state();
        List<Pending> done = new ArrayList<>();
        for (Pending pending : batch.operations()) {
            try {
                state = update.apply(pending.operation(), pending.ifMatch(), state);
                done.add(pending);
            } catch (CartProblem.ContextNotCovered problem) {
                if (pending.alone()) {
                    pending.answer().completeExceptionally(problem);
                } else {
                    unread.add(pending);
                }
            } catch (CartProblem problem) {
                pending.answer().completeExceptionally(problem);
            }
        }
        if (state.equals(read.state()) && (done.isEmpty() || store.isOnEnough(read))) {
            answer(done, new CartSnapshot(read.cart(), state, read.found().context(), null));
            return CompletableFuture.completedFuture(null);
        }
        // Also what was done already, if a disk that is lost could undo it (docs/invariants.md D1)
        Set<OperationId> asked =
                done.stream().map(pending -> pending.operation().id()).collect(Collectors.toCollection(TreeSet::new));
        return store.write(read, update.forgetting(state, asked)).thenAccept(written -> answer(done, written));
    }

    private static void answer(List<Pending> done, CartSnapshot cart) {
        done.forEach(pending -> pending.answer().complete(cart));
    }
}
