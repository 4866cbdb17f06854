package io.dynamocart.store.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarksTests {

    private final EventLoopThread loop = new EventLoopThread("node");
    private final Marks marks = new Marks(new Outbox(Station.SETTINGS, loop), List::of);
    private final List<Long> asked = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void takesOverWhatIsHigher() {
        marks.hear(5);
        marks.hear(3);

        assertThat(marks.present()).isEqualTo(5);
    }

    /** It came from a clock that was ahead, and has been set right since. */
    @Test
    void aMarkThatWasRefusedStandsInTheWayOfNoOther() {
        marks.ask(mark -> asked.add(mark) && mark < 100);

        marks.hear(0);
        marks.hear(100);
        marks.hear(100);
        marks.hear(7);

        assertThat(marks.present()).isEqualTo(7);
        assertThat(asked).containsExactly(100L, 7L);
    }
}
