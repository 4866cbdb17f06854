package io.dynamocart.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.message.Message;
import io.dynamocart.store.node.ChangedSettings;
import io.dynamocart.store.node.NodeEvent;
import io.dynamocart.store.node.RepairSettings;
import io.dynamocart.store.replica.ReadLimits;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.simulation.Shoppers.Second;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Three nodes whose disks can do somewhat more than clients want, and for a while much less. Clients that fail try again
 * at once, which alone could keep it so when the cause has gone (docs/invariants.md D28).
 */
@Execution(ExecutionMode.CONCURRENT)
class OverloadTests {

    private static final int USUAL = 200;

    /** Retries for which a node may have saved up. */
    private static final int MOST_SAVED = 1_000;

    /** What a node reads of each for itself: its own copies, and what it keeps for each of the others. */
    private static final int AREAS = 3;

    private static final DiskFaults FAST_ENOUGH = DiskFaults.oneReader(Duration.ofMillis(6));
    private static final DiskFaults TOO_SLOW = DiskFaults.oneReader(Duration.ofMillis(60));

    @Test
    void whenTooManyCameClientsAreServedAsBefore() {
        Overload overload = new Overload(Mutation.none());

        overload.strike(() -> overload.clients.setRate(3 * USUAL));

        overload.wasOne();
        assertThat(overload.during).as("the disks went on for clients").allMatch(second -> second.served() > USUAL / 2);
        overload.hasEnded();
        overload.wasBounded();
    }

    @Test
    void whenDisksWereSlowClientsAreServedAsBefore() {
        Overload overload = new Overload(Mutation.none());

        overload.strike(() -> overload.setDisks(TOO_SLOW));

        overload.wasOne();
        overload.hasEnded();
        overload.wasBounded();
    }

    @Test
    void oneDiskThatIsSlowLeavesTheOthersToServeClients() {
        Overload overload = new Overload(Mutation.none());

        overload.strike(() -> overload.cluster.node(1).disk().setFaults(TOO_SLOW));

        assertThat(overload.during).allMatch(second -> second.failed() < 0.2);
        overload.hasEnded();
        overload.wasBounded();
    }

    /** That the scenario can fail, and what the limits are for. */
    @Test
    void wouldStayOverloadedIfDisksWereAskedForAllThatAnybodyEverWanted() {
        ReadLimits none = new ReadLimits(Integer.MAX_VALUE, 0);
        Overload overload = new Overload(Mutation.ofSettings(
                settings -> ChangedSettings.with(settings, settings.limits().with(none))));

        overload.strike(() -> overload.clients.setRate(3 * USUAL));

        assertThatThrownBy(overload::hasEnded).isInstanceOf(AssertionError.class);
        assertThatThrownBy(overload::wasBounded).isInstanceOf(AssertionError.class);
    }

    /** A cluster before, during and after a time of trouble. */
    private static final class Overload implements Observer {

        private final SimulatedCluster cluster;
        private final Shoppers clients;
        private List<Second> during = List.of();
        private List<Second> after = List.of();
        private int mostReads;
        private int asked;
        private int gets;

        Overload(Mutation mutation) {
            cluster = new SimulatedCluster(
                    new Simulation(1), ClusterOptions.three().withRepair(RepairSettings.standard()), mutation);
            cluster.startAll();
            cluster.observe(this);
            setDisks(FAST_ENOUGH);
            clients = new Shoppers(cluster, USUAL);
            clients.begin();
        }

        void setDisks(DiskFaults faults) {
            cluster.nodes().forEach(node -> node.disk().setFaults(faults));
        }

        void strike(Runnable trouble) {
            List<Second> before = seconds(2);
            trouble.run();
            during = seconds(6);
            clients.setRate(USUAL);
            setDisks(FAST_ENOUGH);
            seconds(2);
            after = seconds(3);
            // Until the last of them have been answered
            seconds(1);
            assertThat(before).as("before it").allMatch(second -> second.failed() == 0);
        }

        private List<Second> seconds(int count) {
            return Stream.generate(clients::second).limit(count).toList();
        }

        void wasOne() {
            assertThat(during).as("more than the disks can do").allMatch(second -> second.failed() > 0.3);
        }

        void hasEnded() {
            assertThat(after)
                    .as("two seconds after it")
                    .allMatch(second -> second.failed() < 0.01 && second.tries() < 1.05);
        }

        void wasBounded() {
            assertThat(mostReads)
                    .as("reads at one disk")
                    .isLessThan(AREAS * ReadLimits.standard().atOnce() + 4);
            assertThat(asked)
                    .as("how often other nodes were asked for %d reads that want one", gets)
                    .isLessThan(gets * 11 / 10 + 3 * MOST_SAVED);
        }

        @Override
        public void onSend(NodeId from, NodeId to, Message message) {
            asked += message instanceof Message.ReplicaGet || message instanceof Message.HintGet ? 1 : 0;
        }

        @Override
        public void onEvent(NodeId node, NodeEvent event) {
            gets += event instanceof NodeEvent.GetEnded ? 1 : 0;
        }

        @Override
        public void afterEvent() {
            for (SimulatedNode node : cluster.nodes()) {
                mostReads = Math.max(mostReads, node.disk().reads());
            }
        }
    }
}
