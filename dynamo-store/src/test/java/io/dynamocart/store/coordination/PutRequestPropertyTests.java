package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.coordination.Recipient.State;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Property;
import io.dynamocart.store.simulation.SeededRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        private final List<NodeId> vacant;
        private final List<NodeId> standIns;
        private final @Nullable NodeId durable;
        private final PutRequest request;
        private final Set<NodeId> waitedFor = new LinkedHashSet<>();
        private final Set<NodeId> sentTo = new LinkedHashSet<>();
        private final Set<NodeId> hinted = new LinkedHashSet<>();
        private final Set<NodeId> acknowledged = new LinkedHashSet<>();
        private final Map<NodeId, NodeId> keptFor = new LinkedHashMap<>();
        private boolean told;
        private long now;

        Run(SeededRandom random) {
            this.random = random;
            int n = (int) random.between(1, 5);
            this.homes = nodes("n", (int) random.between(1, n));
            this.vacant = random.chance(0.5) ? List.of() : nodes("s", n - homes.size());
            this.standIns = nodes("s", (int) random.between(0, 3));
            this.self = random.chance(0.7) ? random.pick(homes) : new NodeId("elsewhere");
            this.options = WriteOptions.of(n, (int) random.between(1, n), Duration.ofNanos(DEADLINE))
                    .withStrict(random.chance(0.3));
            List<Recipient> recipients = Stream.concat(
                            homes.stream().map(this::recipient),
                            vacant.stream().map(node -> new Recipient(node, State.VACANT)))
                    .toList();
            this.durable = random.chance(0.5) ? PutRequest.durableAmong(recipients, self) : null;
            Coordinator coordinator = Coordinator.of(self, recipients);
            this.keptFor.put(self, coordinator.inPlaceOf());
            this.hinted.add(coordinator.inPlaceOf());
            long lateAt = random.between(1, DEADLINE);
            this.request = new PutRequest(options, coordinator, durable, recipients, standIns, lateAt, DEADLINE);
        }

        private Recipient recipient(NodeId home) {
            boolean reachable = random.chance(0.8);
            if (!reachable) {
                return new Recipient(home, State.UNREACHABLE);
            }
            return new Recipient(home, random.chance(0.8) ? State.TRUSTED : State.SUSPECTED);
        }

        private static List<NodeId> nodes(String prefix, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> new NodeId(prefix + i))
                    .toList();
        }

        void toEnd() {
            acknowledged.add(self);
            check(request.start());
            while (!request.isDone()) {
                assertThat(request.wakeAt()).isGreaterThan(now);
                happen();
            }
            assertThat(told).isTrue();
            for (NodeId home : homes) {
                assertThat(acknowledged.contains(home) || hinted.contains(home))
                        .as("%s has it, or somebody was told to keep it for it", home)
                        .isTrue();
            }
            IntStream.range(0, 5).forEach(i -> happen());
        }

        private void happen() {
            List<NodeId> anybody = Stream.of(homes, standIns, List.of(self))
                    .flatMap(List::stream)
                    .toList();
            NodeId node = random.pick(anybody);
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (waitedFor.remove(node)) {
                        acknowledged.add(node);
                    }
                    check(request.onAcknowledged(node));
                }
                case 1 -> {
                    waitedFor.remove(node);
                    check(request.onFailure(node));
                }
                default -> check(request.onTick(++now));
            }
        }

        private void send(NodeId node) {
            assertThat(sentTo.add(node) && !node.equals(self)).isTrue();
            waitedFor.add(node);
        }

        private void check(List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Send(NodeId node) -> {
                        assertThat(durable == null || durable.equals(node)).isTrue();
                        send(node);
                    }
                    case Step.SendToBuffer(NodeId node) -> {
                        assertThat(durable != null && !durable.equals(node)).isTrue();
                        send(node);
                    }
                    case Step.Hint(NodeId keeper, NodeId target) -> {
                        assertThat(homes.contains(target) || (vacant.contains(target) && !keeper.equals(self)))
                                .isTrue();
                        assertThat(homes.contains(target) && acknowledged.contains(target))
                                .isFalse();
                        assertThat(keeper.equals(self) || (standIns.contains(keeper) && sentTo.add(keeper)))
                                .as("%s is a stand-in that was not asked before", keeper)
                                .isTrue();
                        hinted.add(target);
                        if (!keeper.equals(self)) {
                            keptFor.put(keeper, target);
                            waitedFor.add(keeper);
                        }
                    }
                    case Step.Answer(List<NodeId> atHome, List<NodeId> elsewhere) -> {
                        tell();
                        assertThat(options.strict() ? atHome.size() : atHome.size() + elsewhere.size())
                                .isGreaterThanOrEqualTo(options.w());
                        assertThat(elsewhere).noneMatch(homes::contains);
                        assertThat(homes).containsAll(atHome);
                        assertThat(acknowledged).containsAll(atHome).containsAll(elsewhere);
                        assertThat(Stream.concat(
                                        atHome.stream(), elsewhere.stream().map(keptFor::get)))
                                .as("home replicas that will have it when all hints are delivered")
                                .doesNotHaveDuplicates();
                    }
                    case Step.Unknown(int needed, List<NodeId> nodes) -> {
                        tell();
                        assertThat(needed).isEqualTo(options.w());
                        assertThat(nodes).containsExactlyInAnyOrderElementsOf(acknowledged);
                        assertThat(now >= DEADLINE || waitedFor.isEmpty())
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
