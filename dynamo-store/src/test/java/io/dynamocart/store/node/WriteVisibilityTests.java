package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A write that the coordinator was asked for at 10 ns, and has at 15. */
class WriteVisibilityTests {

    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final List<NodeEvent> events = new ArrayList<>();
    private final List<Acknowledgement> heard = new ArrayList<>();

    @Test
    void aWriteIsVisibleWhenEachHomeReplicaHasItWhereverThatIs() {
        WriteVisibility visibility = of(B, C);
        acknowledge(visibility, 20, C, Acknowledgement.IN_BUFFER);
        assertThat(events).isEmpty();

        acknowledge(visibility, 30, B, Acknowledgement.ON_DISK);
        assertThat(events).containsExactly(new NodeEvent.WriteVisible(20));
    }

    @Test
    void oneThatDoesNotHaveItIsMissingAndWhoStandsInForItIsNoHomeReplica() {
        WriteVisibility visibility = of(B);
        acknowledge(visibility, 20, B, Acknowledgement.NONE);
        acknowledge(visibility, 30, C, Acknowledgement.ON_DISK);

        assertThat(events).isEmpty();
        assertThat(heard).containsExactly(Acknowledgement.NONE, Acknowledgement.ON_DISK);
    }

    @Test
    void whereTheCoordinatorIsTheOnlyHomeReplicaItIsVisibleAtOnceAndThatIsToldOnce() {
        WriteVisibility visibility = of();
        acknowledge(visibility, 20, B, Acknowledgement.ON_DISK);

        assertThat(events).containsExactly(new NodeEvent.WriteVisible(5));
    }

    private WriteVisibility of(NodeId... missing) {
        WriteVisibility visibility = new WriteVisibility(List.of(missing), 10, events::add);
        visibility.start(at(15));
        return visibility;
    }

    private void acknowledge(WriteVisibility visibility, long nanos, NodeId node, Acknowledgement answer) {
        visibility.watching(node, (_, told) -> heard.add(told)).accept(at(nanos), answer);
    }

    private static Moment at(long nanos) {
        return new Moment(nanos, Instant.EPOCH);
    }
}
