package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which requests are older than the ring. */
class RequestErasTests {

    private final RequestEras eras = new RequestEras();
    private final List<String> done = new ArrayList<>();

    @Test
    void requestsOfThePresentRingAreNotWaitedFor() {
        eras.begin();

        eras.whenOlderEnded(() -> done.add("at once"));
        assertThat(done).containsExactly("at once");
    }

    @Test
    void thoseOfTheRingBeforeAre() {
        RequestEras.Era older = eras.begin();
        eras.begin();
        eras.turn();
        RequestEras.Era present = eras.begin();
        eras.whenOlderEnded(() -> done.add("later"));
        older.end();
        present.end();
        assertThat(done).isEmpty();

        older.end();
        assertThat(done).containsExactly("later");
    }

    @Test
    void soAreThoseOfAllRingsBefore() {
        RequestEras.Era first = eras.begin();
        eras.turn();
        eras.whenOlderEnded(() -> done.add("second ring"));
        RequestEras.Era second = eras.begin();
        eras.turn();
        eras.whenOlderEnded(() -> done.add("third ring"));
        second.end();
        assertThat(done).isEmpty();

        first.end();
        assertThat(done).containsExactly("second ring", "third ring");
    }

    @Test
    void aRingUnderWhichNothingWasBegunIsNotWaitedFor() {
        eras.turn();
        eras.turn();

        eras.whenOlderEnded(() -> done.add("at once"));
        assertThat(done).containsExactly("at once");
    }
}
