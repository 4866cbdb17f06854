package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which requests are older than the ring. */
class UnderWayTests {

    private final UnderWay underWay = new UnderWay();
    private final List<String> done = new ArrayList<>();

    @Test
    void requestsOfThePresentRingAreNotWaitedFor() {
        underWay.begin();

        underWay.whenOlderEnded(() -> done.add("at once"));
        assertThat(done).containsExactly("at once");
    }

    @Test
    void thoseOfTheRingBeforeAre() {
        UnderWay.Era older = underWay.begin();
        underWay.begin();
        underWay.turn();
        UnderWay.Era present = underWay.begin();
        underWay.whenOlderEnded(() -> done.add("later"));
        older.end();
        present.end();
        assertThat(done).isEmpty();

        older.end();
        assertThat(done).containsExactly("later");
    }

    @Test
    void soAreThoseOfAllRingsBefore() {
        UnderWay.Era first = underWay.begin();
        underWay.turn();
        underWay.whenOlderEnded(() -> done.add("second ring"));
        UnderWay.Era second = underWay.begin();
        underWay.turn();
        underWay.whenOlderEnded(() -> done.add("third ring"));
        second.end();
        assertThat(done).isEmpty();

        first.end();
        assertThat(done).containsExactly("second ring", "third ring");
    }

    @Test
    void aRingUnderWhichNothingWasBegunIsNotWaitedFor() {
        underWay.turn();
        underWay.turn();

        underWay.whenOlderEnded(() -> done.add("at once"));
        assertThat(done).containsExactly("at once");
    }
}
