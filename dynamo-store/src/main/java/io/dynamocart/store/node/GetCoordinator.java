package io.dynamocart.store.node;

import io.dynamocart.store.GetResult;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.StoreException;
import io.dynamocart.store.coordination.Candidate;
import io.dynamocart.store.coordination.GetAnswer;
import io.dynamocart.store.coordination.GetFailure;
import io.dynamocart.store.coordination.GetRequest;
import io.dynamocart.store.coordination.GetRequest.Step;
import io.dynamocart.store.coordination.RetryBudget;
import io.dynamocart.store.node.NodeEvent.Outcome;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.replica.Copy;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.PreferenceList;
import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Carries out the reads of this node's clients: does what {@link GetRequest} says. Not thread-safe. */
final class GetCoordinator {

    private final NodeSettings settings;
    private final Peers peers;
    private final Timers timers;
    private final NodeEvent.Listener listener;
    private final RetryBudget hedges;
    private final RetryBudget retries;

    GetCoordinator(
            NodeSettings settings, Peers peers, RetryBudget retries, Timers timers, NodeEvent.Listener listener) {
        this.settings = settings;
        this.peers = peers;
        this.timers = timers;
        this.listener = listener;
        this.hedges = RetryBudget.ofHedges(settings.hedgesPerRead());
        this.retries = retries;
    }

    void get(Moment now, Key key, PreferenceList list, ReadOptions options, CompletableFuture<GetResult> answer) {
        boolean behind = peers.isOwnBehind(now, key);
        List<Candidate> candidates = candidates(list, options.n(), behind);
        if (behind && !areQuick(candidates, options.r())) {
            listener.on(new NodeEvent.GetRefused());
            answer.completeExceptionally(new StoreException.Overloaded(
                    "neither the disk of this node nor other nodes keep up with reading; try again in a moment"));
        } else {
            new ActiveGet(now, key, list, options, candidates, !behind, answer).start(now);
        }
    }

    /** Whether the candidates asked first are fast as usual, so that they can do what this node cannot. */
    private boolean areQuick(List<Candidate> candidates, int count) {
        return candidates.stream().limit(count).allMatch(each -> peers.isQuick(each.node()));
    }

    /**
     * Nodes that may be expected to answer before others; among them home replicas before stand-ins, this node before
     * its peers unless its disk is behind, and the usually faster ones first.
     */
    private List<Candidate> candidates(PreferenceList list, int n, boolean behind) {
        List<NodeId> homes = list.home(n);
        return list.nodes().stream()
                .map(node -> new Candidate(node, homes.contains(node), peers.usually(node), peers.lateAfter()))
                .sorted(Comparator.<Candidate, Boolean>comparing(each -> !peers.isTrusted(each.node()))
                        .thenComparing(each -> !each.home())
                        .thenComparing(each -> behind || !peers.isSelf(each.node()))
                        .thenComparingLong(each -> each.home() ? each.hedgeAfter() : 0))
                .toList();
    }

    /** One read under way. */
    private final class ActiveGet implements SharedCopies.Reader {

        private final Key key;
        private final List<NodeId> homes;
        private final CompletableFuture<GetResult> answer;
        private final GetRequest request;
        private final Timers.Timer timer;
        private final long startedAt;
        private final CallReporter calls;
        private final SharedCopies copies;

        /** @param shares whether home replicas may leave their answers to this node's own copy */
        ActiveGet(
                Moment now,
                Key key,
                PreferenceList list,
                ReadOptions options,
                List<Candidate> candidates,
                boolean shares,
                CompletableFuture<GetResult> answer) {
            this.key = key;
            this.homes = list.home(options.n());
            this.answer = answer;
            this.startedAt = now.nanos();
            this.calls = new CallReporter(options.listener());
            this.request = new GetRequest(
                    options,
                    candidates,
                    hedges,
                    retries,
                    now.nanos(),
                    settings.repairWait().toNanos());
            boolean mayShare = shares
                    && options.r() > 1
                    && !options.everyReplica()
                    && homes.stream().anyMatch(peers::isSelf);
            this.copies = new SharedCopies(
                    now,
                    peers.within(options.listener().trace()),
                    key,
                    mayShare,
                    startedAt + options.timeout().toNanos(),
                    this);
            this.timer = timers.timer(this::onTick);
        }

        void start(Moment now) {
            perform(now, request.start(now.nanos()));
        }

        private void onTick(Moment now) {
            copies.onTick(now);
            perform(now, request.onTick(now.nanos()));
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
            setTimer();
        }

        private void setTimer() {
            if (request.isDone()) {
                timer.cancel();
                copies.end();
            } else {
                timer.set(Math.min(request.wakeAt(), copies.wakeAt()));
            }
        }

        private void ask(Moment now, NodeId node) {
            calls.begin(now, node);
            if (homes.contains(node)) {
                copies.fetch(now, node);
            } else {
                copies.fetchKept(now, node);
            }
        }

        @Override
        public void onCopy(Moment now, NodeId node, Copy copy, Instant clock) {
            calls.end(now, node, copy instanceof Copy.Held);
            perform(
                    now,
                    switch (copy) {
                        case Copy.Held held -> request.onVersions(now.nanos(), node, held.versions(), clock);
                        case Copy.Damaged _ -> request.onFailure(now.nanos(), node, true);
                        case Copy.Unreadable _ -> request.onFailure(now.nanos(), node, false);
                    });
        }

        @Override
        public void onLost(Moment now, NodeId node) {
            calls.end(now, node, false);
            perform(now, request.onFailure(now.nanos(), node, false));
        }

        @Override
        public void onSame(NodeId node) {
            request.onSame(node);
            setTimer();
        }

        @Override
        public boolean onRenewed(Moment now, NodeId node) {
            boolean waits = request.onRenewed(now.nanos(), node);
            setTimer();
            return waits;
        }

        private void succeed(Moment now, GetAnswer found) {
            NodeId fastest = found.fastestHome();
            Versions shown = settings.limits().reconciliation().apply(found.versions());
            ended(now, Outcome.SUCCEEDED, shown.list().size());
            answer.complete(new GetResult(
                    shown,
                    Context.of(key, found.versions(), fastest == null ? null : fastest.name()),
                    found.homes(),
                    found.standIns(),
                    found.holders(),
                    found.unanimous(),
                    found.earliestClock(),
                    found.latestClock()));
        }

        private void fail(Moment now, GetFailure failure) {
            List<String> answered =
                    failure.answered().stream().map(NodeId::name).toList();
            ended(now, failure.notCovered() ? Outcome.NOT_COVERED : Outcome.FAILED, 0);
            answer.completeExceptionally(
                    failure.notCovered()
                            ? new StoreException.NotCovered(("%s answered, and do not hold all that the context names; "
                                            + "try again when more replicas can be reached")
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
