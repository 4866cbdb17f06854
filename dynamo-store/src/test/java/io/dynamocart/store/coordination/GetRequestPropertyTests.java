package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.CallListener;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.coordination.GetRequest.Step;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for a read whatever its replicas do, in whatever order. */
class GetRequestPropertyTests {

    private static final int RUNS = 5_000;

    @Test
    void aReadIsAnsweredOnceByEnoughNodesAndAlwaysEnds() {
        Property.holds(RUNS, random -> new Run(random).toEnd());
    }

    /** A read of which a random one of all possible events happens next, until it is done. */
    private static final class Run {

        private static final List<Versions> COPIES = List.of(
                ReadScript.NOTHING,
                ReadScript.OLD,
                ReadScript.NEW,
                ReadScript.SIBLING,
                ReadScript.OLD.merge(ReadScript.SIBLING));

        private final SeededRandom random;
        private final ReadOptions options;
        private final List<Candidate> candidates = new ArrayList<>();
        private final GetRequest request;
        private final Set<NodeId> asked = new LinkedHashSet<>();
        private final Set<NodeId> askedAgain = new LinkedHashSet<>();
        private final Set<NodeId> waitedFor = new LinkedHashSet<>();
        private final Set<NodeId> answered = new LinkedHashSet<>();
        private final Set<NodeId> damaged = new LinkedHashSet<>();
        private final Set<NodeId> failed = new LinkedHashSet<>();
        private Versions merged = Versions.none();
        private boolean clientTold;
        private long now;

        Run(SeededRandom random) {
            this.random = random;
            int n = (int) random.between(1, 4);
            Clock atLeast = random.chance(0.3) ? random.pick(COPIES).clock() : Clock.empty();
            this.options = new ReadOptions(
                    n,
                    (int) random.between(1, n),
                    random.chance(0.3),
                    Duration.ofNanos(random.between(1, 200)),
                    atLeast,
                    random.chance(0.3),
                    CallListener.NONE);
            int standIns = random.nextInt(3);
            for (int i = 0; i < n + standIns; i++) {
                long hedge = random.between(1, 60);
                candidates.add(
                        new Candidate(new NodeId("n" + i), i < n, hedge, Math.max(hedge, random.between(1, 90))));
            }
            RetryBudget budget = RetryBudget.ofHedges(random.chance(0.5) ? 0 : 1);
            RetryBudget retries = RetryBudget.ofRetries();
            this.request = new GetRequest(options, candidates, budget, retries, 0, random.between(0, 50));
        }

        void toEnd() {
            check(request.start(now));
            for (int events = 0; !request.isDone(); events++) {
                assertThat(events).as("it ends").isLessThan(1_000);
                assertThat(request.wakeAt()).as("it has something to wait for").isGreaterThan(now);
                happen();
            }
            assertThat(clientTold).isTrue();
            for (int i = 0; i < 5; i++) {
                happen();
            }
        }

        private void happen() {
            NodeId node = random.pick(candidates).node();
            switch (random.nextInt(6)) {
                case 0 -> onCopy(node, random.pick(COPIES));
                case 1 -> onFailure(node, random.chance(0.5));
                case 2 -> wake();
                case 3 -> request.onSame(node);
                case 4 -> onRenewed(node);
                default -> tickTooEarly();
            }
        }

        private void onCopy(NodeId node, Versions copy) {
            if (!request.isDone() && waitedFor.remove(node)) {
                answered.add(node);
                merged = merged.merge(copy);
            }
            check(request.onVersions(now, node, copy, Instant.EPOCH));
        }

        private void onFailure(NodeId node, boolean isDamaged) {
            if (!request.isDone() && waitedFor.remove(node)) {
                (isDamaged ? damaged : failed).add(node);
            }
            check(request.onFailure(now, node, isDamaged));
        }

        private void onRenewed(NodeId node) {
            boolean waits = request.onRenewed(now, node);
            assertThat(request.isDone() || waits == waitedFor.contains(node))
                    .as("only who has not answered is asked anew")
                    .isTrue();
        }

        private void wake() {
            if (!request.isDone()) {
                now = request.wakeAt();
            }
            check(request.onTick(now));
        }

        private void tickTooEarly() {
            long before = now;
            if (!request.isDone() && random.chance(0.5)) {
                now = random.between(now, request.wakeAt() - 1);
            }
            List<Step> steps = request.onTick(now);
            assertThat(steps).as("nothing to do at %d, after %d", now, before).isEmpty();
        }

        private void check(List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Ask(NodeId node) -> checkAsk(node);
                    case Step.Answer(GetAnswer answer) -> checkAnswer(answer);
                    case Step.Fail(GetFailure failure) -> checkFailure(failure);
                    case Step.Repair(NodeId node, Versions versions) -> checkRepair(node, versions);
                }
            }
        }

        private void checkAsk(NodeId node) {
            assertThat(clientTold).as("nobody is asked after the answer").isFalse();
            if (!asked.add(node)) {
                assertThat(isHome(node)).as("%s is a home replica", node).isTrue();
                assertThat(askedAgain.add(node))
                        .as("%s is asked twice at most", node)
                        .isTrue();
            }
            assertThat(waitedFor.add(node))
                    .as("%s has been heard of before it is asked again", node)
                    .isTrue();
            assertThat(!options.strict() || isHome(node)).as("%s counts", node).isTrue();
        }

        private void checkAnswer(GetAnswer answer) {
            tellClient();
            assertThat(counted()).as("R distinct nodes answered").isGreaterThanOrEqualTo(options.r());
            assertThat(answer.versions()).isEqualTo(merged);
            assertThat(merged.clock().covers(options.atLeast()))
                    .as("covers what was seen")
                    .isTrue();
            assertThat(answer.homes() + answer.standIns()).isEqualTo(answered.size());
            if (answer.unanimous() && candidates.size() > options.n()) {
                assertThat(askedAgain).as("home replicas were asked twice").hasSize(options.n());
            }
            if (options.everyReplica()) {
                assertThat(candidates.stream()
                                .filter(candidate -> !options.strict() || candidate.home())
                                .map(Candidate::node))
                        .as("everybody was asked")
                        .allMatch(asked::contains);
            }
        }

        private void checkFailure(GetFailure failure) {
            tellClient();
            boolean enough = counted() >= options.r();
            assertThat(failure.answered()).containsExactlyInAnyOrderElementsOf(answered);
            assertThat(failure.notCovered()).isEqualTo(enough);
            if (now < options.timeout().toNanos()) {
                assertThat(waitedFor).as("nobody is waited for").isEmpty();
                assertThat(asked).as("everybody who counts was asked").hasSize((int) candidates.stream()
                        .filter(candidate -> !options.strict() || candidate.home())
                        .count());
            }
        }

        private void checkRepair(NodeId node, Versions versions) {
            assertThat(clientTold).as("repair comes after the answer").isTrue();
            assertThat(isHome(node)).as("%s is a home replica", node).isTrue();
            assertThat(answered.contains(node) || damaged.contains(node)).isTrue();
            assertThat(versions).as("repair adds nothing of its own").isEqualTo(merged);
        }

        private void tellClient() {
            assertThat(clientTold).as("the client is told once").isFalse();
            clientTold = true;
        }

        private long counted() {
            return answered.stream()
                    .filter(node -> !options.strict() || isHome(node))
                    .count();
        }

        private boolean isHome(NodeId node) {
            return candidates.stream()
                    .anyMatch(candidate -> candidate.home() && candidate.node().equals(node));
        }
    }
}
