package io.dynamocart.store.node;

import io.dynamocart.store.PutResult;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.coordination.RetryBudget;
import io.dynamocart.store.coordination.Routing;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.message.Message.Response;
import io.dynamocart.store.node.Calls.Outcome.Answered;
import io.dynamocart.store.node.Calls.Outcome.Lost;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.node.PutCoordinator.Put;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the puts of this node's clients to a coordinator, this node itself or a home replica elsewhere, and back the
 * answer. A coordinator that refuses, or cannot be reached, is followed by the next; one that is silent, as this node is
 * while its disk stands still, only where the put may be repeated, and within the budget for retries. Not thread-safe.
 */
final class PutRouter {

    private static final long ONE_MS = 1_000_000;

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
        retries.earn();
        new RoutedPut(now, put, list, routing, answer).tryNext(now);
    }

    /** What the context names may be anything: who built it was not asked for the name of a node. */
    private static @Nullable NodeId fastest(Put put, List<NodeId> homes) {
        String named = put.context().coordinator();
        return homes.stream()
                .filter(home -> home.name().equals(named))
                .findFirst()
                .orElse(null);
    }

    /** One put on its way through one coordinator after another. */
    private final class RoutedPut {

        private final Put put;
        private final PreferenceList list;
        private final Routing routing;
        private final CompletableFuture<PutResult> answer;
        private final long startedAt;
        private final long deadline;
        private final Timers.Timer timer;
        private int attempt;
        /** Those that may still bring success, of which only the last is waited for before the next is tried. */
        private int open;

        /** No coordinator can have done anything yet: all so far refused, or were never reached. */
        private boolean untouched = true;

        private final List<String> refusals = new ArrayList<>();
        private final OwnCalls coordinators;

        RoutedPut(Moment now, Put put, PreferenceList list, Routing routing, CompletableFuture<PutResult> answer) {
            this.put = put;
            this.list = list;
            this.routing = routing;
            this.answer = answer;
            this.startedAt = now.nanos();
            this.deadline = startedAt + put.options().timeout().toNanos();
            this.timer = timers.timer(this::onTick);
            this.coordinators = new OwnCalls(put.options().listener());
        }

        void tryNext(Moment now) {
            NodeId next = routing.next();
            if (next == null) {
                throw new IllegalStateException("no home replica for " + put.key());
            }
            int thisAttempt = ++attempt;
            open++;
            Duration left = timeFor(next, now);
            timer.set(Math.min(deadline, now.nanos() + peers.lateAfter()));
            if (peers.isSelf(next)) {
                Put inTime = new Put(
                        put.key(), put.context(), put.value(), put.options().withTimeout(left));
                coordinator.coordinate(
                        now,
                        0,
                        inTime,
                        list,
                        () -> onWritten(thisAttempt),
                        (then, response) -> onResponse(then, response, thisAttempt));
            } else {
                forward(now, next, left, thisAttempt);
            }
        }

        /** Whom this node waits for now, another coordinator would wait for as well. */
        private void onWritten(int thisAttempt) {
            if (thisAttempt == attempt && !answer.isDone()) {
                timer.set(deadline);
            }
        }

        /** A coordinator ends before this node does, so that its answer is in time to tell who has the write. */
        private Duration timeFor(NodeId next, Moment now) {
            long answerTakes = peers.isSelf(next) ? ONE_MS : peers.usually(next);
            return Duration.ofNanos(Math.max(ONE_MS, deadline - now.nanos() - answerTakes));
        }

        private void forward(Moment now, NodeId next, Duration left, int thisAttempt) {
            coordinators.begin(now, next);
            calls.call(
                    now,
                    next,
                    number -> new Message.CoordinatePut(
                            number,
                            put.key(),
                            put.context(),
                            put.value(),
                            put.options().n(),
                            put.options().w(),
                            put.options().strict(),
                            left),
                    (then, outcome) -> onOutcome(then, next, outcome, thisAttempt));
        }

        private void onOutcome(Moment now, NodeId node, Calls.Outcome outcome, int thisAttempt) {
            switch (outcome) {
                case Answered(Response response) -> {
                    coordinators.end(now, node, response instanceof Message.CoordinatePutReply);
                    onResponse(now, response, thisAttempt);
                }
                case Lost(boolean unsent) -> {
                    coordinators.end(now, node, false);
                    open--;
                    untouched &= unsent;
                    if (thisAttempt == attempt) {
                        giveWay(now, unsent, node + " cannot be reached");
                    }
                }
            }
        }

        /** One that was given up may still bring success; only the present one can bring failure. */
        private void onResponse(Moment now, Response response, int thisAttempt) {
            open--;
            if (answer.isDone() || (thisAttempt != attempt && !(response instanceof Message.CoordinatePutReply))) {
                return;
            }
            switch (response) {
                case Message.CoordinatePutReply reply -> succeed(now, reply);
                case Message.OutcomeUnknown unknown -> unknown(now, unknown.needed(), unknown.acknowledged());
                case Message.Refused refused -> onRefused(now, refused);
                // A peer may send anything. What it has done, nobody knows
                default -> {
                    untouched = false;
                    giveWay(
                            now,
                            false,
                            "%s is no answer to a put"
                                    .formatted(response.getClass().getSimpleName()));
                }
            }
        }

        private void onRefused(Moment now, Message.Refused refused) {
            switch (refused.why()) {
                case TOO_MANY_VERSIONS -> onTooManyVersions(now, refused.detail());
                case NOT_READY, DAMAGED, DISK_FAILED, TOO_FEW_REPLICAS, HINTS_FULL, NOT_COMPARABLE, NOT_HOME ->
                    giveWay(now, true, refused.detail());
            }
        }

        /** No other coordinator would take it; but one before, who was silent, may have: it may be one of the many. */
        private void onTooManyVersions(Moment now, String detail) {
            if (untouched) {
                fail(
                        now,
                        new StoreException.TooManyVersions(
                                detail + "; read them, merge them, and write with the context of that read"));
            } else {
                leaveOpen(now);
            }
        }

        /** This coordinator will not do it: on to the next, or the end. */
        private void giveWay(Moment now, boolean certain, String why) {
            if (answer.isDone()) {
                return;
            }
            refusals.add(why);
            if (now.nanos() < deadline && routing.mayTryNext(certain)) {
                tryNext(now);
            } else if (untouched) {
                String detail = "nobody could coordinate the write: " + String.join("; ", refusals);
                fail(
                        now,
                        new StoreException.TooFewReplicas(detail, put.options().w(), List.of()));
            } else {
                leaveOpen(now);
            }
        }

        /** Whoever was given up may still do it, and is waited for. */
        private void leaveOpen(Moment now) {
            if (open > 0 && now.nanos() < deadline) {
                timer.set(deadline);
            } else {
                unknown(now, put.options().w(), List.of());
            }
        }

        private void onTick(Moment now) {
            if (now.nanos() >= deadline) {
                unknown(now, put.options().w(), List.of());
            } else if (routing.mayTryNext(false) && retries.spend()) {
                untouched = false;
                tryNext(now);
            } else {
                timer.set(deadline);
            }
        }

        private void succeed(Moment now, Message.CoordinatePutReply reply) {
            ended(now, Outcome.SUCCEEDED);
            answer.complete(new PutResult(
                    reply.dot(),
                    put.context().after(reply.dot()),
                    reply.homes().size(),
                    reply.standIns().size()));
        }

        private void unknown(Moment now, int needed, List<NodeId> acknowledged) {
            List<String> names = acknowledged.stream().map(NodeId::name).toList();
            String message = "%d of %d nodes acknowledged the write in time: %s. It may have been kept or not"
                    .formatted(names.size(), needed, names);
            ended(now, Outcome.UNKNOWN);
            answer.completeExceptionally(new StoreException.OutcomeUnknown(message, needed, names));
        }

        private void fail(Moment now, StoreException problem) {
            ended(now, Outcome.FAILED);
            answer.completeExceptionally(problem);
        }

        private void ended(Moment now, Outcome outcome) {
            timer.cancel();
            coordinators.endAll(now);
            listener.on(new NodeEvent.PutEnded(now.nanos() - startedAt, outcome));
        }
    }
}
