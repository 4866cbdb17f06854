package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.node.UnreadablePlaces.Place;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnreadablePlacesTests {

    private static final Key KEY = Key.of("cart");
    private static final Place RECORD = new Place(null, null, KEY);

    private final UnreadablePlaces places = new UnreadablePlaces();

    @Test
    void aPlaceThatFailsThreeTimesInARowWithinHalfAMinuteOrMoreFailsTheDisk() {
        assertThat(fails(RECORD, 0)).isEqualTo(1);
        assertThat(fails(RECORD, 15)).isEqualTo(2);
        assertThat(places.failure()).isNull();

        assertThat(fails(RECORD, 30)).isEqualTo(3);
        assertThat(places.failure()).isEqualTo("it cannot be read: i/o error");
    }

    @Test
    void manyFailuresInAShortTimeDoNot() {
        for (int i = 0; i < 30; i++) {
            fails(RECORD, i);
        }

        assertThat(places.failure()).isNull();
    }

    @Test
    void neitherDoFailuresOfOnePlaceEach() {
        fails(RECORD, 0);
        fails(new Place(new NodeId("node-2"), null, KEY), 20);
        fails(new Place(null, TokenRange.all(), KEY), 40);
        fails(new Place(null, TokenRange.all(), null), 60);

        assertThat(places.failure()).isNull();
    }

    @Test
    void aPlaceThatWasReadInBetweenBeginsAnew() {
        fails(RECORD, 0);
        fails(RECORD, 20);
        places.onRead(RECORD);

        assertThat(fails(RECORD, 40)).isEqualTo(1);
        assertThat(places.failure()).isNull();
    }

    @Test
    void aDiskThatHasFailedStaysSo() {
        fails(RECORD, 0);
        fails(RECORD, 20);
        fails(RECORD, 40);
        places.onRead(RECORD);

        assertThat(places.failure()).isNotNull();
    }

    private int fails(Place place, int second) {
        return places.onFailed(new Moment(second * 1_000_000_000L, Instant.EPOCH), place, "i/o error");
    }
}
