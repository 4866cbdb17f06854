package io.dynamocart.app.cart;

import io.dynamocart.store.DynamoStore;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Dot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does operations on one cart, as many as wait at once: read, merge, do one after the other, and write the outcome as
 * one version (docs/architecture.md, "Life of a cart add"). Everyone who waited is shown that version. Thread-safe.
 */
final class CartWriter {

    private final CartId cart;
    private final CartReader reader;
    private final DynamoStore store;
    private final CartLimits limits;
    private final Clocks clocks;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Consumer<CartWriter> onIdle;
    private boolean busy;
    private boolean retired;

    /** @param onIdle told when nothing waits any more, and this writer will take nothing else */
    CartWriter(
            CartId cart,
            CartReader reader,
            DynamoStore store,
            CartLimits limits,
            Clocks clocks,
            Consumer<CartWriter> onIdle) {
        this.cart = cart;
        this.reader = reader;
        this.store = store;
        this.limits = limits;
        this.clocks = clocks;
        this.onIdle = onIdle;
    }

    CartId cart() {
        return cart;
    }

    /** Hands in an operation; null if this writer has retired and another must be asked. */
    @Nullable
    CompletableFuture<CartSnapshot> submit(Operation operation, Shown shown, @Nullable List<String> ifMatch) {
        Pending pending = new Pending(operation, shown, ifMatch, clocks.nanos().getAsLong(), new CompletableFuture<>());
        synchronized (this) {
            if (retired) {
                return null;
            }
            if (waiting.size() >= limits.waiting()) {
                return CompletableFuture.failedFuture(CartProblem.TooBusy.tooMany(cart, waiting.size()));
            }
            waiting.add(pending);
            if (busy) {
                return pending.answer();
            }
            busy = true;
        }
        doWaiting();
        return pending.answer();
    }

    private void doWaiting() {
        List<Pending> late;
        List<Pending> batch;
        synchronized (this) {
            late = takeLate();
            batch = Batch.takeFrom(waiting).operations();
            if (batch.isEmpty()) {
                busy = false;
                retired = true;
            }
        }
        if (batch.isEmpty()) {
            onIdle.accept(this);
        } else {
            perform(batch);
        }
        // Last, since who is told may come again at once
        late.forEach(pending -> pending.answer().completeExceptionally(CartProblem.TooBusy.tooSlow(cart)));
    }

    private void perform(List<Pending> batch) {
        Clock seen = batch.stream()
                .map(pending -> pending.operation().seen())
                .filter(context -> context != null)
                .reduce(Clock.empty(), Clock::join);
        CompletableFuture<?> _ = reader.readCovering(cart, seen)
                .thenCompose(first -> reader.readToForget(first, limits))
                .thenCompose(read -> attempt(batch, read))
                .whenComplete((_, problem) -> {
                    if (problem != null) {
                        Throwable root = CartReader.rootOf(problem);
                        batch.forEach(pending -> pending.answer().completeExceptionally(root));
                    }
                    doWaiting();
                });
    }

    /** Those whose clients were promised an answer by now, and may have sent them again: they would only delay others. */
    private List<Pending> takeLate() {
        long now = clocks.nanos().getAsLong();
        long patience = store.writeOptions().timeout().toNanos();
        List<Pending> late = new ArrayList<>();
        while (!waiting.isEmpty() && now - waiting.element().since() > patience) {
            late.add(waiting.remove());
        }
        return late;
    }

    private CompletableFuture<?> attempt(List<Pending> batch, CartRead read) {
        CartUpdate update = new CartUpdate(read, limits, clocks.wall().instant());
        CartState state = read.state();
        List<Pending> done = new ArrayList<>();
        for (Pending pending : batch) {
            try {
                state = update.apply(pending.operation(), pending.ifMatch(), state);
                done.add(pending);
            } catch (CartProblem problem) {
                pending.answer().completeExceptionally(problem);
            }
        }
        Context context = read.found().context();
        if (state.equals(read.state()) && (done.isEmpty() || isOnEnough(read))) {
            CartSnapshot unchanged = new CartSnapshot(cart, state, context, null);
            done.forEach(pending -> pending.answer().complete(unchanged));
            return CompletableFuture.completedFuture(null);
        }
        // Also what was done already, if a disk that is lost could undo it (docs/invariants.md D1)
        Set<OperationId> asked =
                done.stream().map(pending -> pending.operation().id()).collect(Collectors.toCollection(TreeSet::new));
        CartState written = update.forgetting(state, asked);
        return store.put(
                        cart.key(),
                        context,
                        CartCodec.encode(cart, written),
                        store.writeOptions().withRepeatable(true))
                .thenAccept(put -> {
                    Dot dot = put.dot();
                    CartSnapshot now =
                            new CartSnapshot(cart, reader.wrote(cart, dot, written), context.after(dot), dot);
                    done.forEach(pending -> pending.answer().complete(now));
                });
    }

    /**
     * Whether as many nodes have what was read as have to have what is written. Of a cart that was never written there is
     * nothing to have, and nothing done already (docs/invariants.md D31).
     */
    private boolean isOnEnough(CartRead read) {
        return read.found().versions().isEmpty()
                || read.found().holders() >= store.writeOptions().w();
    }
}
