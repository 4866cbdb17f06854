package io.dynamocart.store.simulation;

import io.dynamocart.store.node.DynamoNode;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a node, from a start to a crash. What was under way in it dies with it. */
public final class SimulatedProcess {

    private final SimulatedNode owner;
    private final Simulation simulation;
    private final Links links = new Links();
    private final Deque<Consumer<Moment>> backlog = new ArrayDeque<>();
    private final List<CompletableFuture<?>> promises = new ArrayList<>();
    private @Nullable DynamoNode node;
    private boolean alive = true;
    private boolean paused;
    private long wakeAt = Long.MAX_VALUE;

    SimulatedProcess(SimulatedNode owner, Simulation simulation) {
        this.owner = owner;
        this.simulation = simulation;
    }

    void boot(DynamoNode newNode) {
        node = newNode;
        run(newNode::start);
    }

    NodeId id() {
        return owner.id();
    }

    DynamoNode node() {
        if (node == null) {
            throw new IllegalStateException("not booted");
        }
        return node;
    }

    Links links() {
        return links;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isPaused() {
        return paused;
    }

    /** Runs an action on the node's thread: not after a crash, and only later while it is paused. */
    void run(Consumer<Moment> action) {
        if (!alive) {
            return;
        }
        if (paused) {
            backlog.add(action);
            return;
        }
        action.accept(owner.moment());
        scheduleWake();
        owner.observer().afterEvent();
    }

    /** Promises die with the process, as a client's connection does. */
    <T> CompletableFuture<T> promise(CompletableFuture<T> promise) {
        if (!alive) {
            promise.completeExceptionally(new InstanceDied(id()));
        } else {
            promises.removeIf(CompletableFuture::isDone);
            promises.add(promise);
        }
        return promise;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        while (!backlog.isEmpty() && alive && !paused) {
            run(backlog.remove());
        }
    }

    void die() {
        alive = false;
        backlog.clear();
        List.copyOf(promises).forEach(promise -> promise.completeExceptionally(new InstanceDied(id())));
        promises.clear();
    }

    private void scheduleWake() {
        long next = node().wakeAt();
        if (next < wakeAt) {
            wakeAt = next;
            simulation.after(next - simulation.now(), () -> {
                if (wakeAt == next) {
                    wakeAt = Long.MAX_VALUE;
                    run(now -> node().onTick(now));
                }
            });
        }
    }

    /** The instance a client talked to is gone; what it asked for may have been done or not. */
    public static final class InstanceDied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InstanceDied(NodeId id) {
            super(id + " died", null, false, false);
        }
    }
}
