package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.dynamocart.store.port.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTests {

    private final Timers timers = new Timers();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsDueIsDoneInOrderOfTimeAndThenOfAsking() {
        timer("third").set(20);
        timer("first").set(10);
        timer("second").set(10);
        timer("not yet").set(21);
        run(20);

        assertThat(done).containsExactly("first", "second", "third");
        assertThat(timers.next()).isEqualTo(21);
    }

    @Test
    void nothingIsDueWhenNothingIsSet() {
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
        run(Long.MAX_VALUE);
        assertThat(done).isEmpty();
    }

    @Test
    void aTimerIsDoneOnce() {
        timer("once").set(10);
        run(10);
        run(11);

        assertThat(done).containsExactly("once");
    }

    @Test
    void periodicWorkGoesOnWhateverItThrows() {
        Timers.Timer round = timers.every(Duration.ofNanos(10), _ -> {
            done.add("round");
            throw new IllegalStateException("in a round");
        });
        round.setIn(new Moment(0, Instant.EPOCH), Duration.ofNanos(10));

        assertThatIllegalStateException().isThrownBy(() -> run(10));
        assertThatIllegalStateException().isThrownBy(() -> run(20));
        assertThat(done).containsExactly("round", "round");
        assertThat(timers.next()).isEqualTo(30);
    }

    @Test
    void setAgainItIsDueAtTheNewTimeOnlyBeItLaterOrEarlier() {
        Timers.Timer timer = timer("moved");
        timer.set(10);
        timer.set(30);
        run(29);
        assertThat(done).isEmpty();

        timer.set(29);
        run(29);
        run(30);
        assertThat(done).containsExactly("moved");
    }

    @Test
    void cancelledItIsNotDone() {
        Timers.Timer timer = timer("cancelled");
        timer.set(10);
        timer.cancel();
        timer.cancel();

        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
        run(10);
        assertThat(done).isEmpty();
    }

    @Test
    void whatAnActionSetsForNowIsDoneInTheSameRun() {
        Timers.Timer second = timer("second");
        timers.timer(now -> second.set(now.nanos())).set(10);
        run(10);

        assertThat(done).containsExactly("second");
    }

    @Test
    void anActionMaySetItsOwnTimerAgain() {
        List<Timers.Timer> round = new ArrayList<>();
        round.add(timers.timer(now -> {
            done.add("round at " + now.nanos());
            round.getFirst().set(now.nanos() + 10);
        }));
        round.getFirst().set(10);
        run(10);
        run(20);

        assertThat(done).containsExactly("round at 10", "round at 20");
        assertThat(timers.next()).isEqualTo(30);
    }

    @Test
    void anActionMayCancelWhatIsDueAsWell() {
        Timers.Timer victim = timer("victim");
        timers.timer(now -> victim.cancel()).set(10);
        victim.set(10);
        run(10);

        assertThat(done).isEmpty();
    }

    private Timers.Timer timer(String name) {
        return timers.timer(now -> done.add(name));
    }

    private void run(long nanos) {
        timers.run(new Moment(nanos, Instant.EPOCH));
    }
}
