package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.DiskState;
import io.dynamocart.store.port.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskWatchTests {

    private static final DiskState FINE = new DiskState.Fine();

    private final Timers timers = new Timers();
    private final List<NodeEvent> events = new ArrayList<>();
    private final DiskWatch watch = new DiskWatch(() -> disk(), timers, events::add);
    private DiskState disk = FINE;

    @Test
    void aDiskThatIsFineIsNothingToTell() {
        after(FINE, FINE);

        assertThat(events).isEmpty();
    }

    @Test
    void aFullDiskIsToldOnceAndSoIsItsEnd() {
        after(new DiskState.Full("5 MB free"), new DiskState.Full("4 MB free"), FINE, FINE);

        assertThat(events).containsExactly(new NodeEvent.DiskFull("5 MB free"), new NodeEvent.DiskHasRoom());
    }

    @Test
    void aFailedDiskIsToldOnceAlsoIfItWasFullBefore() {
        after(new DiskState.Full("full"), new DiskState.Failed("i/o error"), new DiskState.Failed("i/o error"));

        assertThat(events).containsExactly(new NodeEvent.DiskFull("full"), new NodeEvent.DiskFailed("i/o error"));
        assertThat(watch.state()).isEqualTo(new DiskState.Failed("i/o error"));
    }

    @Test
    void itLooksAtTheStartAndThenEverySecond() {
        disk = new DiskState.Full("full");
        watch.start(second(0));

        assertThat(events).hasSize(1);
        assertThat(timers.next()).isEqualTo(second(1).nanos());
    }

    /** The disk was fine at the start, and is like this a second later each. */
    private void after(DiskState... states) {
        watch.start(second(0));
        for (int i = 0; i < states.length; i++) {
            disk = states[i];
            timers.run(second(i + 1));
        }
    }

    private DiskState disk() {
        return disk;
    }

    private static Moment second(int number) {
        return new Moment(number * 1_000_000_000L, Instant.EPOCH);
    }
}
