package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.coordination.Recipient.State;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A write from the moment it is durable at its coordinator (paper §4.5, docs/invariants.md D21). */
class PutRequestTests {

    private static final WriteOptions TWO_OF_THREE = WriteOptions.of(3, 2, Duration.ofSeconds(1));
    private static final long LATE = 200;
    private static final long DEADLINE = 1_000;

    @Test
    void isSentToAllOtherHomeReplicas() {
        assertThat(put(TWO_OF_THREE, "A").start()).containsExactly(send("B"), send("C"));
    }

    @Test
    void isAnsweredWhenWNodesHaveItTheCoordinatorAmongThem() {
        PutRequest put = put(TWO_OF_THREE, "A");
        put.start();

        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("AC", ""));
        assertThat(put.isDone()).as("B does not have it yet").isFalse();
        put.onAcknowledged(new NodeId("B"));
        assertThat(put.isDone()).isTrue();
    }

    @Test
    void withW1TheCoordinatorIsEnoughAndTheOthersStillGetIt() {
        assertThat(put(TWO_OF_THREE.withW(1), "A").start()).containsExactly(send("B"), send("C"), answer("A", ""));
    }

    @Test
    void aNodeCountsOnceHoweverOftenItAcknowledges() {
        PutRequest put = put(TWO_OF_THREE.withW(3), "A");
        put.start();

        assertThat(put.onAcknowledged(new NodeId("B"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("B"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("A")))
                .as("the coordinator counts already")
                .isEmpty();
        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("ABC", ""));
    }

    @Test
    void aNodeThatWasNotSentItDoesNotCount() {
        PutRequest put = put(TWO_OF_THREE, "A");
        put.start();

        assertThat(put.onAcknowledged(new NodeId("Z"))).isEmpty();
    }

    @Test
    void aNodeThatWasGivenUpDoesNotCountAnyMore() {
        PutRequest put = put(TWO_OF_THREE, "A");
        put.start();
        put.onFailure(new NodeId("B"));

        assertThat(put.onAcknowledged(new NodeId("B"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("AC", ""));
    }

    @Test
    void isUnknownAsSoonAsNobodyIsLeftToWaitFor() {
        PutRequest put = put(TWO_OF_THREE, "A");
        put.start();
        put.onFailure(new NodeId("B"));

        assertThat(put.onFailure(new NodeId("C"))).containsExactly(hint("A", "C"), unknown(2, "A"));
        assertThat(put.isDone()).isTrue();
    }

    @Test
    void isUnknownWhenTimeIsUpAndSaysWhoHasIt() {
        PutRequest put = put(TWO_OF_THREE.withW(3), "A");
        put.start();
        put.onAcknowledged(new NodeId("C"));

        assertThat(put.wakeAt()).isEqualTo(DEADLINE);
        assertThat(put.onTick(DEADLINE - 1)).isEmpty();
        assertThat(put.onTick(DEADLINE)).containsExactly(hint("A", "B"), unknown(3, "AC"));
    }

    @Test
    void tellsTheClientNothingMoreOnceItIsAnswered() {
        PutRequest put = put(TWO_OF_THREE, "A");
        put.start();
        put.onAcknowledged(new NodeId("B"));

        assertThat(put.onAcknowledged(new NodeId("C"))).isEmpty();
        assertThat(put.onFailure(new NodeId("C"))).isEmpty();
        assertThat(put.onTick(DEADLINE)).isEmpty();
        assertThat(put.isDone()).isTrue();
    }

    @Test
    void saysNothingMoreOnceItIsUnknown() {
        PutRequest put = put(TWO_OF_THREE, "A");
        put.start();
        put.onTick(DEADLINE);

        assertThat(put.onAcknowledged(new NodeId("B"))).isEmpty();
        assertThat(put.onTick(DEADLINE + 1)).isEmpty();
    }

    @Test
    void aCoordinatorThatIsNoHomeReplicaCountsAsAStandIn() {
        PutRequest put = put(TWO_OF_THREE, "d");

        assertThat(put.start()).containsExactly(send("A"), send("B"), send("C"));
        assertThat(put.onAcknowledged(new NodeId("B"))).containsExactly(answer("B", "d"));
    }

    @Test
    void inAStrictWriteItDoesNotCount() {
        PutRequest put = put(TWO_OF_THREE.withStrict(true), "d");
        put.start();

        assertThat(put.onAcknowledged(new NodeId("B"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("BC", "d"));
    }

    @Test
    void whereWritesAreBufferedOneHomeReplicaHasToHaveItOnDisk() {
        PutRequest put = buffered("A", "B");

        assertThat(put.start()).containsExactly(send("B"), new Step.SendToBuffer(new NodeId("C")));
        assertThat(put.onAcknowledged(new NodeId("C")))
                .as("the client does not wait for that one")
                .containsExactly(answer("AC", ""));
        assertThat(put.isDone()).isFalse();
    }

    @Test
    void whatTheOneThatHasToHaveItOnDiskDoesNotTakeIsKeptOnAnother() {
        PutRequest put = buffered("A", "B");
        put.start();
        put.onAcknowledged(new NodeId("C"));

        assertThat(put.onFailure(new NodeId("B"))).containsExactly(hint("A", "B"));
    }

    @Test
    void ifTheOneThatHasToHaveItOnDiskIsLateAStandInGetsItThoughTheClientHasItsAnswer() {
        PutRequest put = new PutRequest(
                TWO_OF_THREE, coordinator("A"), new NodeId("B"), homes(), ReadScript.nodes("d"), LATE, DEADLINE);
        put.start();
        put.onAcknowledged(new NodeId("C"));

        assertThat(put.wakeAt()).isEqualTo(LATE);
        assertThat(put.onTick(LATE)).containsExactly(hint("d", "B"));
        assertThat(put.onTick(LATE + 1)).isEmpty();
        put.onAcknowledged(new NodeId("d"));
        put.onAcknowledged(new NodeId("B"));
        assertThat(put.isDone()).isTrue();
    }

    @Test
    void theOneThatHasToHaveItOnDiskIsAnotherThanTheCoordinatorWhileOneIsTrusted() {
        NodeId coordinator = new NodeId("A");
        Recipient self = new Recipient(coordinator, State.TRUSTED);
        Recipient unreachable = new Recipient(new NodeId("B"), State.UNREACHABLE);
        Recipient silent = new Recipient(new NodeId("C"), State.SUSPECTED);
        Recipient well = new Recipient(new NodeId("D"), State.TRUSTED);

        assertThat(PutRequest.durableAmong(List.of(self, unreachable, silent, well), coordinator))
                .isEqualTo(new NodeId("D"));
        assertThat(PutRequest.durableAmong(List.of(self, unreachable, silent), coordinator))
                .isEqualTo(coordinator);
    }

    private static PutRequest put(WriteOptions options, String coordinator) {
        return new PutRequest(options, coordinator(coordinator), null, homes(), List.of(), DEADLINE, DEADLINE);
    }

    private static PutRequest buffered(String coordinator, String durable) {
        return new PutRequest(
                TWO_OF_THREE, coordinator(coordinator), new NodeId(durable), homes(), List.of(), DEADLINE, DEADLINE);
    }

    private static Coordinator coordinator(String node) {
        return Coordinator.of(new NodeId(node), homes());
    }

    private static List<Recipient> homes() {
        return ReadScript.nodes("ABC").stream()
                .map(node -> new Recipient(node, State.TRUSTED))
                .toList();
    }

    private static Step hint(String keeper, String target) {
        return new Step.Hint(new NodeId(keeper), new NodeId(target));
    }

    private static Step send(String node) {
        return new Step.Send(new NodeId(node));
    }

    private static Step answer(String homes, String standIns) {
        return new Step.Answer(ReadScript.nodes(homes), ReadScript.nodes(standIns));
    }

    private static Step unknown(int needed, String acknowledged) {
        List<NodeId> nodes = ReadScript.nodes(acknowledged);
        return new Step.Unknown(needed, nodes);
    }
}
