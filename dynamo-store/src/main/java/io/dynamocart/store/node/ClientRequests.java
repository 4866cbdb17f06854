package io.dynamocart.store.node;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.PutResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.ReplicaCopy;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.RetryBudget;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.Ring;
import io.dynamocart.store.version.InvalidContextException;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what clients ask of this node, each by the ring under which it is begun. A node that is not on the ring takes
 * nothing. Not thread-safe.
 */
final class ClientRequests {

    private final NodeId self;
    private final Membership membership;
    private final Peers peers;
    private final Timers timers;
    private final RequestEras eras;
    private final GetCoordinator gets;
    private final PutRouter puts;
    private final Duration patience;

    ClientRequests(NodeCore node, PutCoordinator coordinator) {
        this.self = node.self;
        this.membership = node.membership;
        this.peers = node.peers;
        this.timers = node.timers;
        this.eras = node.eras;
        RetryBudget retries = RetryBudget.ofRetries();
        this.gets = new GetCoordinator(node.settings, peers, retries, timers, node.listener);
        this.puts = new PutRouter(coordinator, peers, node.calls, retries, timers, node.listener);
        this.patience = node.settings.read().timeout();
    }

    void get(Moment now, Key key, ReadOptions options, CompletableFuture<GetResult> answer) {
        Ring ring = ringOr(answer);
        if (ring != null) {
            follow(now, options.timeout(), answer, () -> LostRequest.read(options.r()));
            gets.get(now, key, ring.preferenceList(key), options, answer);
        }
    }

    void put(Moment now, Put put, CompletableFuture<PutResult> answer) {
        Ring ring = ringOr(answer);
        if (ring == null) {
            return;
        }
        if (!put.context().key().equals(put.key())) {
            answer.completeExceptionally(new InvalidContextException("the context belongs to another key"));
            return;
        }
        WriteOptions options = put.options();
        follow(now, options.timeout(), answer, () -> LostRequest.write(options.w()));
        puts.put(now, self, put, ring.preferenceList(put.key()), answer);
    }

    /** Asks every home replica for its copy. */
    void replicas(Moment now, Key key, CompletableFuture<List<ReplicaCopy>> answer) {
        Ring ring = ringOr(answer);
        if (ring != null) {
            long deadline = now.nanos() + patience.toNanos();
            new Inspection(ring.preferenceList(key).home(), timers, answer).start(now, key, peers, deadline);
        }
    }

    private @Nullable Ring ringOr(CompletableFuture<?> answer) {
        ActiveRing activeRing = membership.activeRing();
        Ring ring = activeRing.ring();
        if (ring == null || !activeRing.isOnRing()) {
            answer.completeExceptionally(
                    new StoreException.NotReady(membership.readiness().obstacle()));
            return null;
        }
        return ring;
    }

    /** The request is under way until it is answered, by an error if whoever was to do so has lost it. */
    private void follow(Moment now, Duration timeout, CompletableFuture<?> answer, Supplier<StoreException> lost) {
        RequestEras.Era era = eras.begin();
        Timers.Timer end = timers.timer(_ -> answer.completeExceptionally(lost.get()));
        end.setIn(now, timeout.plus(LostRequest.OVERDUE));
        CompletableFuture<?> _ = answer.whenComplete((_, _) -> {
            end.cancel();
            era.end();
        });
    }
}
