package io.dynamocart.store.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.coordination.Recipient.State;
import io.dynamocart.store.ring.NodeId;
import org.junit.jupiter.api.Test;

/** The place of the home replica B in a write that A coordinates; d and e may stand in for it. */
class PlaceTests {

    private static final NodeId A = new NodeId("A");
    private static final NodeId B = new NodeId("B");
    private static final NodeId D = new NodeId("d");
    private static final NodeId E = new NodeId("e");

    private final Place place = placeOf(B, new Coordinator(A, A));

    @Test
    void isOpenWhileTheHomeReplicaIsAwaited() {
        assertThat(place.isOpen()).isFalse();
        place.await();
        assertThat(place.isOpen()).isTrue();

        assertThat(place.onAcknowledged(B)).isTrue();
        assertThat(place.isOpen()).isFalse();
        assertThat(place.isAtHome()).isTrue();
    }

    @Test
    void isOpenWhileAStandInIsAwaited() {
        place.standIn(D);
        assertThat(place.isOpen()).isTrue();

        assertThat(place.onAcknowledged(D)).isTrue();
        assertThat(place.isOpen()).isFalse();
        assertThat(place.isAtHome()).isFalse();
    }

    @Test
    void aStandInIsNeedlessOnceTheHomeReplicaHasTheVersions() {
        place.await();
        place.standIn(D);
        place.onAcknowledged(D);
        assertThat(place.isKeptNeedlesslyBy(D)).isFalse();

        place.onAcknowledged(B);
        assertThat(place.isKeptNeedlesslyBy(D)).isTrue();
        assertThat(place.isKeptNeedlesslyBy(E)).isFalse();
    }

    @Test
    void whoFailsIsFollowedByAnotherWhoMayStandIn() {
        place.await();
        place.standIn(D);

        assertThat(place.onFailure(D)).isTrue();
        assertThat(place.hasStandIn()).isFalse();
        assertThat(place.isAwaited()).as("the home replica itself").isTrue();
        place.standIn(E);
        assertThat(place.onFailure(B)).isTrue();
        assertThat(place.isAwaited()).isFalse();
        assertThat(place.hasStandIn()).isTrue();
    }

    @Test
    void whoIsNotAwaitedIsNotHeard() {
        assertThat(place.onAcknowledged(B)).isFalse();
        assertThat(place.onFailure(D)).isFalse();
        place.standIn(D);
        place.onAcknowledged(D);

        assertThat(place.onAcknowledged(D)).as("a second time").isFalse();
        assertThat(place.onFailure(D)).as("who has it on disk").isFalse();
        assertThat(place.hasStandIn()).isTrue();
    }

    @Test
    void theCoordinatorKeepsAHintOnceThoughAStandInIsAwaited() {
        place.standIn(D);

        assertThat(place.keepAtCoordinator()).isTrue();
        assertThat(place.keepAtCoordinator()).isFalse();
    }

    @Test
    void itKeepsNoneWhereSomebodyHasTheVersions() {
        place.standIn(D);
        place.onAcknowledged(D);
        assertThat(place.keepAtCoordinator()).isFalse();

        Place filled = placeOf(B, new Coordinator(A, A));
        filled.await();
        filled.onAcknowledged(B);
        assertThat(filled.keepAtCoordinator()).isFalse();
    }

    @Test
    void aCoordinatorFillsItsOwnPlaceFromTheBeginning() {
        Place own = placeOf(A, new Coordinator(A, A));

        assertThat(own.isAtHome()).isTrue();
        assertThat(own.isOpen()).isFalse();
    }

    @Test
    void oneThatIsNoHomeReplicaFillsThatOfAnotherAsAStandIn() {
        Place another = placeOf(B, new Coordinator(D, B));

        assertThat(another.isAtHome()).isFalse();
        assertThat(another.isOpen()).isFalse();
        assertThat(another.hasStandIn()).isTrue();
        assertThat(another.keepAtCoordinator()).as("it has it already").isFalse();
    }

    private static Place placeOf(NodeId home, Coordinator coordinator) {
        return new Place(new Recipient(home, State.TRUSTED), coordinator);
    }
}
