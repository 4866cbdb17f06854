package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.coordination.PutRequest.Step;
import io.dynamocart.store.coordination.Recipient.State;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A write whose home replicas are A (the coordinator), B and C; d and e may stand in for them (paper §4.6). */
class PutRequestStandInTests {

    private static final WriteOptions TWO_OF_THREE = WriteOptions.of(3, 2, Duration.ofSeconds(1));
    private static final long LATE = 200;
    private static final long DEADLINE = 1_000;

    @Test
    void aHomeReplicaThatCannotBeReachedHasAStandInFromTheBeginning() {
        PutRequest put = put(TWO_OF_THREE, trusted("B"), unreachable("C"));

        assertThat(put.start()).containsExactly(send("B"), hint("d", "C"));
        assertThat(put.onAcknowledged(new NodeId("d"))).containsExactly(answer("A", "d"));
    }

    @Test
    void aSuspectedOneIsSentItAllTheSame() {
        PutRequest put = put(TWO_OF_THREE, suspected("B"), trusted("C"));

        assertThat(put.start()).containsExactly(send("B"), hint("d", "B"), send("C"));
        assertThat(put.onAcknowledged(new NodeId("B"))).containsExactly(answer("AB", ""));
    }

    @Test
    void oneThatFailsIsReplacedAlsoAfterTheAnswer() {
        PutRequest put = put(TWO_OF_THREE, trusted("B"), trusted("C"));
        put.start();
        put.onAcknowledged(new NodeId("B"));

        assertThat(put.onFailure(new NodeId("C"))).containsExactly(hint("d", "C"));
        assertThat(put.isDone()).isFalse();
        put.onAcknowledged(new NodeId("d"));
        assertThat(put.isDone()).isTrue();
    }

    @Test
    void lateOnesAreReplacedWhileTheyAreNeeded() {
        PutRequest put = put(TWO_OF_THREE, trusted("B"), trusted("C"));
        put.start();

        assertThat(put.wakeAt()).isEqualTo(LATE);
        assertThat(put.onTick(LATE)).containsExactly(hint("d", "B"), hint("e", "C"));
        assertThat(put.wakeAt()).isEqualTo(DEADLINE);
        assertThat(put.onAcknowledged(new NodeId("e"))).containsExactly(answer("A", "e"));
    }

    @Test
    void onesThatAreNotNeededOnlyWhenTheTimeIsUp() {
        PutRequest put = put(TWO_OF_THREE, trusted("B"), trusted("C"));
        put.start();
        put.onAcknowledged(new NodeId("B"));

        assertThat(put.onTick(LATE)).isEmpty();
        assertThat(put.onTick(DEADLINE)).containsExactly(hint("A", "C"));
        assertThat(put.isDone()).isTrue();
    }

    @Test
    void aStandInThatIsNotHeardOfIsNotReliedOn() {
        PutRequest put = put(TWO_OF_THREE, trusted("B"), unreachable("C"));
        put.start();
        put.onAcknowledged(new NodeId("B"));

        assertThat(put.onTick(DEADLINE)).containsExactly(hint("A", "C"));
    }

    @Test
    void aStandInThatRefusesIsFollowedByTheNextAndInTheEndByTheCoordinator() {
        PutRequest put = put(TWO_OF_THREE, trusted("B"), unreachable("C"));
        put.start();

        assertThat(put.onFailure(new NodeId("d"))).containsExactly(hint("e", "C"));
        assertThat(put.onFailure(new NodeId("e"))).containsExactly(hint("A", "C"));
        assertThat(put.onAcknowledged(new NodeId("A")))
                .as("it has it already, and counts once")
                .isEmpty();
        assertThat(put.onAcknowledged(new NodeId("B"))).containsExactly(answer("AB", ""));
    }

    @Test
    void eachHomeReplicaHasItsOwnStandIn() {
        PutRequest put = put(TWO_OF_THREE.withW(3), unreachable("B"), unreachable("C"));

        assertThat(put.start()).containsExactly(hint("d", "B"), hint("e", "C"));
        put.onAcknowledged(new NodeId("d"));
        assertThat(put.onAcknowledged(new NodeId("e"))).containsExactly(answer("A", "de"));
    }

    /** It gives its hint away to a node that has it already, and then there is one copy less. */
    @Test
    void aHomeReplicaAndItsStandInCountAsOne() {
        PutRequest put = put(TWO_OF_THREE.withW(3), suspected("B"), trusted("C"));
        put.start();
        put.onAcknowledged(new NodeId("d"));

        assertThat(put.onAcknowledged(new NodeId("B"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("ABC", ""));
    }

    /** It would forget its hint as soon as A has it, and A's disk would be the only one. */
    @Test
    void soDoTheyWhereTheStandInIsTheCoordinator() {
        PutRequest put = putByStandIn(TWO_OF_THREE, suspected("A"), suspected("B"), unreachable("C"), "A");
        put.start();

        assertThat(put.onAcknowledged(new NodeId("A"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("B"))).containsExactly(answer("AB", ""));
    }

    @Test
    void aCoordinatorThatStandsInForAHomeReplicaIsTheOnlyOneToDoSo() {
        PutRequest put = putByStandIn(TWO_OF_THREE, unreachable("A"), unreachable("B"), unreachable("C"), "A");

        assertThat(put.start()).containsExactly(hint("d", "B"), hint("e", "C"));
        assertThat(put.onAcknowledged(new NodeId("e"))).containsExactly(answer("", "ze"));
        assertThat(put.onTick(DEADLINE)).containsExactly(hint("z", "B"));
    }

    @Test
    void aCoordinatorStandsInForTheOneThatIsLeastExpectedToHaveItItself() {
        assertThat(inPlaceOf("z", trusted("A"), suspected("B"), unreachable("C")))
                .isEqualTo(new NodeId("C"));
        assertThat(inPlaceOf("z", trusted("A"), suspected("B"), suspected("C"))).isEqualTo(new NodeId("B"));
        assertThat(inPlaceOf("A", trusted("A"), unreachable("B")))
                .as("one of them stands in for nobody")
                .isEqualTo(new NodeId("A"));
    }

    private static NodeId inPlaceOf(String coordinator, Recipient... homes) {
        return Coordinator.of(new NodeId(coordinator), List.of(homes)).inPlaceOf();
    }

    @Test
    void standInsDoNotCountInAStrictWriteAndAreUsedAllTheSame() {
        PutRequest put = put(TWO_OF_THREE.withStrict(true), unreachable("B"), trusted("C"));

        assertThat(put.start()).containsExactly(hint("d", "B"), send("C"));
        assertThat(put.onAcknowledged(new NodeId("d"))).isEmpty();
        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("AC", "d"));
    }

    /** B was removed, and C is about to have its place. */
    @Test
    void aPlaceThatNobodyHasIsFilledByAStandIn() {
        PutRequest put = putWithVacancy(TWO_OF_THREE);

        assertThat(put.start()).containsExactly(hint("d", "C"));
        assertThat(put.onAcknowledged(new NodeId("d"))).containsExactly(answer("A", "d"));
        assertThat(put.onTick(DEADLINE)).isEmpty();
    }

    @Test
    void whoKeepsItForItselfIsNoHomeReplicaYet() {
        PutRequest put = putWithVacancy(TWO_OF_THREE);
        put.start();

        assertThat(put.onFailure(new NodeId("d"))).containsExactly(hint("C", "C"));
        assertThat(put.onAcknowledged(new NodeId("C"))).containsExactly(answer("A", "C"));
    }

    /** Nobody lacks it who should have it. */
    @Test
    void theCoordinatorKeepsNothingForAPlaceThatNobodyHas() {
        PutRequest put = putWithVacancy(TWO_OF_THREE);
        put.start();
        put.onFailure(new NodeId("d"));

        assertThat(put.onFailure(new NodeId("C"))).containsExactly(unknown("A"));
    }

    private static PutRequest putWithVacancy(WriteOptions options) {
        List<Recipient> places = List.of(trusted("A"), new Recipient(new NodeId("C"), State.VACANT));
        Coordinator one = Coordinator.of(new NodeId("A"), places);
        return new PutRequest(options, one, null, places, ReadScript.nodes("dC"), LATE, DEADLINE);
    }

    private static PutRequest put(WriteOptions options, Recipient b, Recipient c) {
        List<Recipient> homes = List.of(trusted("A"), b, c);
        Coordinator one = Coordinator.of(new NodeId("A"), homes);
        return new PutRequest(options, one, null, homes, ReadScript.nodes("de"), LATE, DEADLINE);
    }

    /** Coordinated by z, which is no home replica and keeps it for one. */
    private static PutRequest putByStandIn(WriteOptions options, Recipient a, Recipient b, Recipient c, String target) {
        Coordinator standIn = new Coordinator(new NodeId("z"), new NodeId(target));
        return new PutRequest(options, standIn, null, List.of(a, b, c), ReadScript.nodes("de"), LATE, DEADLINE);
    }

    private static Recipient trusted(String node) {
        return new Recipient(new NodeId(node), State.TRUSTED);
    }

    private static Recipient suspected(String node) {
        return new Recipient(new NodeId(node), State.SUSPECTED);
    }

    private static Recipient unreachable(String node) {
        return new Recipient(new NodeId(node), State.UNREACHABLE);
    }

    private static Step unknown(String acknowledged) {
        return new Step.Unknown(2, ReadScript.nodes(acknowledged));
    }

    private static Step send(String node) {
        return new Step.Send(new NodeId(node));
    }

    private static Step hint(String keeper, String target) {
        return new Step.Hint(new NodeId(keeper), new NodeId(target));
    }

    private static Step answer(String homes, String standIns) {
        return new Step.Answer(ReadScript.nodes(homes), ReadScript.nodes(standIns));
    }
}
