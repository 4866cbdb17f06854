package io.dynamocart.store.node;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.coordination.RetryBudget;
import io.dynamocart.store.coordination.Routing;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the puts of this node's clients to a coordinator, this node itself or a home replica elsewhere, and back the
 * answer. A coordinator that refuses, or cannot be reached, is followed by the next; one that is silent, as this node
 * is while its disk stands still, only where the put may be repeated, and within the budget for retries. Not
 * thread-safe.
 */
final class PutRouter {

    private final PutCoordinator coordinator;
    private final Peers peers;
    private final Calls calls;
    private final RetryBudget retries;
    private final Timers timers;
    private final NodeEvent.Listener listener;

    PutRouter(
            PutCoordinator coordinator,
            Peers peers,
            Calls calls,
            RetryBudget retries,
            Timers timers,
            NodeEvent.Listener listener) {
        this.coordinator = coordinator;
        this.peers = peers;
        this.calls = calls;
        this.retries = retries;
        this.timers = timers;
        this.listener = listener;
    }

    void put(Moment now, NodeId self, Put put, PreferenceList list, CompletableFuture<PutResult> answer) {
        List<NodeId> homes = list.home(put.options().n());
        Predicate<NodeId> trusted = node -> peers.isSelf(node) ? !coordinator.isBehind(now) : peers.isTrusted(node);
        Routing routing = new Routing(
                homes.stream().filter(trusted).toList(),
                homes.stream().filter(trusted.negate()).toList(),
                fastest(put, homes),
                self,
                put.options().repeatable());
        long deadline = now.nanos() + put.options().timeout().toNanos();
        Coordinators coordinators = new Coordinators(coordinator, peers, calls, put, list, deadline);
        PutAnswer told = new PutAnswer(now, put, answer, listener);
        retries.earn();
        new RoutedPut(routing, coordinators, told, retries, timers, peers.lateAfter(), deadline).tryNext(now);
    }

    /**
     * The home replica that the context names; null where it names none: who built it was not asked for the name of a
     * node.
     */
    private static @Nullable NodeId fastest(Put put, List<NodeId> homes) {
        String named = put.context().coordinator();
        return homes.stream()
                .filter(home -> home.name().equals(named))
                .findFirst()
                .orElse(null);
    }
}
