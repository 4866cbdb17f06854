package io.dynamocart.store.node;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.coordination.Candidate;
import io.dynamocart.store.coordination.GetAnswer;
import io.dynamocart.store.coordination.GetFailure;
import io.dynamocart.store.coordination.GetRequest;
import io.dynamocart.store.coordination.GetRequest.Step;
import io.dynamocart.store.coordination.HedgeBudget;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Carries out the reads of this node's clients: does what {@link GetRequest} says. Not thread-safe. */
final class GetCoordinator {

    private final NodeSettings settings;
    private final Peers peers;
    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final HedgeBudget budget;

    GetCoordinator(NodeSettings settings, Peers peers, Timers timers, NodeEvent.Listener listener) {
        this.settings = settings;
        this.peers = peers;
        this.timers = timers;
        this.listener = listener;
        this.budget = new HedgeBudget(settings.hedgesPerRead());
    }

    void get(Moment now, Key key, PreferenceList list, ReadOptions options, CompletableFuture<GetResult> answer) {
        new ActiveGet(now, key, list, options, answer).start(now);
    }

    /**
     * Nodes that may be expected to answer before others; among them home replicas before stand-ins, this node before
     * its peers, and the usually faster ones first.
     */
    private List<Candidate> candidates(Moment now, PreferenceList list, int n) {
        List<NodeId> homes = list.home(n);
        return list.nodes().stream()
                .map(node -> new Candidate(node, homes.contains(node), peers.usually(node), peers.lateAfter()))
                .sorted(Comparator.<Candidate, Boolean>comparing(each -> !peers.isTrusted(now, each.node()))
                        .thenComparing(each -> !each.home())
                        .thenComparing(each -> !peers.isSelf(each.node()))
                        .thenComparingLong(each -> each.home() ? each.hedgeAfter() : 0))
                .toList();
    }

    /** One read under way. */
    private final class ActiveGet {

        private final Key key;
        private final List<NodeId> homes;
        private final CompletableFuture<GetResult> answer;
        private final GetRequest request;
        private final Timers.Timer timer;
        private final long startedAt;
        private final OwnCalls calls;

        ActiveGet(Moment now, Key key, PreferenceList list, ReadOptions options, CompletableFuture<GetResult> answer) {
            this.key = key;
            this.homes = list.home(options.n());
            this.answer = answer;
            this.startedAt = now.nanos();
            this.calls = new OwnCalls(options.listener());
            this.request = new GetRequest(
                    options,
                    candidates(now, list, options.n()),
                    budget,
                    now.nanos(),
                    settings.repairWait().toNanos());
            this.timer = timers.timer(then -> perform(then, request.onTick(then.nanos())));
        }

        void start(Moment now) {
            perform(now, request.start(now.nanos()));
        }

        private void perform(Moment now, List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Ask(NodeId node) -> ask(now, node);
                    case Step.Answer(GetAnswer found) -> succeed(now, found);
                    case Step.Fail(GetFailure failure) -> fail(now, failure);
                    case Step.Repair repair -> {
                        peers.repair(now, repair.node(), key, repair.versions());
                        listener.on(new NodeEvent.ReadRepaired(key, repair.node()));
                    }
                }
            }
            if (request.isDone()) {
                timer.cancel();
            } else {
                timer.set(request.wakeAt());
            }
        }

        private void ask(Moment now, NodeId node) {
            calls.begin(now, node);
            Peers.Fetching fetching = new Peers.Fetching() {
                @Override
                public void onCopy(Moment then, Copy copy, java.time.Instant clock) {
                    calls.end(then, node, copy instanceof Copy.Held);
                    perform(
                            then,
                            switch (copy) {
                                case Copy.Held held -> request.onVersions(then.nanos(), node, held.versions(), clock);
                                case Copy.Damaged damaged -> request.onFailure(then.nanos(), node, true);
                                case Copy.Unreadable unreadable -> request.onFailure(then.nanos(), node, false);
                            });
                }

                @Override
                public void onLost(Moment then) {
                    calls.end(then, node, false);
                    perform(then, request.onFailure(then.nanos(), node, false));
                }
            };
            if (homes.contains(node)) {
                peers.fetch(now, node, key, fetching);
            } else {
                peers.fetchKept(now, node, key, fetching);
            }
        }

        private void succeed(Moment now, GetAnswer found) {
            String fastest = found.fastest().map(NodeId::name).orElse(null);
            Versions shown = settings.limits().reconciliation().apply(found.versions());
            ended(now, Outcome.SUCCEEDED, shown.list().size());
            answer.complete(new GetResult(
                    shown,
                    Context.of(key, found.versions(), fastest),
                    found.homes(),
                    found.standIns(),
                    found.unanimous(),
                    found.earliestClock(),
                    found.latestClock()));
        }

        private void fail(Moment now, GetFailure failure) {
            List<String> answered =
                    failure.answered().stream().map(NodeId::name).toList();
            ended(now, Outcome.FAILED, 0);
            answer.completeExceptionally(
                    failure.notCovered()
                            ? new StoreException.NotCovered(
                                    "%s answered, and do not hold all that the context names; try again when more replicas can be reached"
                                            .formatted(answered))
                            : new StoreException.TooFewReplicas(
                                    "%d of %d replicas needed for a read answered in time: %s"
                                            .formatted(answered.size(), failure.needed(), answered),
                                    failure.needed(),
                                    answered));
        }

        private void ended(Moment now, Outcome outcome, int versions) {
            calls.endAll(now);
            listener.on(new NodeEvent.GetEnded(now.nanos() - startedAt, outcome, versions));
        }
    }
}
