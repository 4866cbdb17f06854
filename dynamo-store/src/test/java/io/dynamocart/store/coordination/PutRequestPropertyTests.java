package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for a write whatever its replicas do, in whatever order. */
class PutRequestPropertyTests {

    @Test
    void aWriteIsAnsweredOnceByEnoughNodesAndAlwaysEnds() {
        Property.holds(5_000, random -> new Run(random).toEnd());
    }

    /** A write of which a random one of all possible events happens next, until it is done. */
    private static final class Run {

        private static final long DEADLINE = 30;

        private final SeededRandom random;
        private final WriteOptions options;
        private final NodeId self;
        private final List<NodeId> homes;
        private final PutRequest request;
        private final Set<NodeId> sentTo = new LinkedHashSet<>();
        private final Set<NodeId> givenUp = new LinkedHashSet<>();
        private final Set<NodeId> acknowledged = new LinkedHashSet<>();
        private boolean told;
        private long now;

        Run(SeededRandom random) {
            this.random = random;
            int n = (int) random.between(1, 5);
            this.homes =
                    IntStream.range(0, n).mapToObj(i -> new NodeId("n" + i)).toList();
            this.self = random.chance(0.7) ? random.pick(homes) : new NodeId("elsewhere");
            this.options = WriteOptions.of(n, (int) random.between(1, n), Duration.ofNanos(DEADLINE))
                    .withStrict(random.chance(0.3));
            this.request = new PutRequest(options, self, homes, DEADLINE);
        }

        void toEnd() {
            acknowledged.add(self);
            check(request.start());
            assertThat(sentTo)
                    .as("everybody else gets it")
                    .hasSize(homes.contains(self) ? homes.size() - 1 : homes.size());
            while (!request.isDone()) {
                assertThat(request.wakeAt()).isGreaterThan(now);
                happen();
            }
            assertThat(told).isTrue();
            IntStream.range(0, 5).forEach(i -> happen());
        }

        private void happen() {
            NodeId node = random.chance(0.1) ? self : random.pick(homes);
            boolean waitedFor = sentTo.contains(node) && !givenUp.contains(node);
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (waitedFor && !request.isDone()) {
                        acknowledged.add(node);
                    }
                    check(request.onAcknowledged(node));
                }
                case 1 -> {
                    if (!acknowledged.contains(node)) {
                        givenUp.add(node);
                    }
                    check(request.onFailure(node));
                }
                default -> check(request.onTick(++now));
            }
        }

        private void check(List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Send(NodeId node) ->
                        assertThat(sentTo.add(node) && !node.equals(self)).isTrue();
                    case Step.Answer(List<NodeId> atHome, List<NodeId> elsewhere) -> {
                        tell();
                        assertThat(options.strict() ? atHome.size() : atHome.size() + elsewhere.size())
                                .isGreaterThanOrEqualTo(options.w());
                        assertThat(elsewhere).noneMatch(homes::contains);
                        assertThat(homes).containsAll(atHome);
                        assertThat(acknowledged).containsAll(atHome).containsAll(elsewhere);
                    }
                    case Step.Unknown(int needed, List<NodeId> nodes) -> {
                        tell();
                        assertThat(needed).isEqualTo(options.w());
                        assertThat(nodes).containsExactlyInAnyOrderElementsOf(acknowledged);
                        assertThat(now >= DEADLINE || acknowledged.size() + givenUp.size() >= sentTo.size())
                                .as("there was nobody to wait for, or no time")
                                .isTrue();
                    }
                }
            }
        }

        private void tell() {
            assertThat(told).as("the client is told once").isFalse();
            told = true;
        }
    }
}
