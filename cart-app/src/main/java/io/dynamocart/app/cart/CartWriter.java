package io.dynamocart.app.cart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one cart at this instance: operations wait in it and are done in batches, one batch after the other.
 * Thread-safe.
 */
final class CartWriter {

    private final CartId cart;
    private final BatchWriter batches;
    private final CartLimits limits;
    private final Clocks clocks;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    /** What was taken from those and is not answered yet. */
    private final List<Pending> begun = new ArrayList<>();

    private final Consumer<CartWriter> onIdle;
    private boolean busy;
    private boolean retired;

    /** @param onIdle told when nothing waits any more, and this writer will take nothing else */
    CartWriter(CartId cart, BatchWriter batches, CartLimits limits, Clocks clocks, Consumer<CartWriter> onIdle) {
        this.cart = cart;
        this.batches = batches;
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
        Pending pending = Pending.of(operation, shown, ifMatch, clocks.nanos().getAsLong());
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
        orGiveUp(this::doNext);
    }

    private void doNext() {
        List<Pending> late;
        Batch batch;
        synchronized (this) {
            begun.clear();
            late = takeLate();
            batch = Batch.takeFrom(waiting);
            begun.addAll(batch.operations());
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

    private void perform(Batch batch) {
        CompletableFuture<?> _ = batches.write(cart, batch).whenComplete((unread, unexpected) -> {
            if (unexpected == null) {
                orGiveUp(() -> waitAgain(unread));
            } else {
                giveUp(CartStore.rootOf(unexpected));
            }
        });
    }

    /** Behind all who wait now: it may take a whole request's time to find out that what they name cannot be read. */
    private void waitAgain(List<Pending> unread) {
        synchronized (this) {
            unread.forEach(pending -> waiting.add(pending.byItself()));
        }
        doNext();
    }

    private void orGiveUp(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error unexpected) {
            giveUp(unexpected);
        }
    }

    /**
     * Tells all who wait of something that must not happen, else they would wait for ever, and all who come after them. To
     * log it is up to whoever answers the clients.
     */
    private void giveUp(Throwable unexpected) {
        List<Pending> all;
        synchronized (this) {
            all = new ArrayList<>(begun);
            all.addAll(waiting);
            begun.clear();
            waiting.clear();
            busy = false;
            retired = true;
        }
        onIdle.accept(this);
        all.forEach(pending -> pending.answer().completeExceptionally(unexpected));
    }

    /** Those whose clients were promised an answer by now, and may have sent them again: they would only delay others. */
    private List<Pending> takeLate() {
        long now = clocks.nanos().getAsLong();
        long patience = batches.patience().toNanos();
        List<Pending> late = new ArrayList<>();
        while (!waiting.isEmpty() && now - waiting.element().since() > patience) {
            Pending next = waiting.remove();
            late.add(next);
            begun.add(next);
        }
        return late;
    }
}
