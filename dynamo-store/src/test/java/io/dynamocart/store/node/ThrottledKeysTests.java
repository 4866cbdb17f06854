package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamocart.store.port.Moment;
import io.dynamocart.store.version.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is to be done beside the work for clients, one key after the other. */
class ThrottledKeysTests {

    private static final Key FIRST = Key.of("cart-1");
    private static final Key SECOND = Key.of("cart-2");

    private final Timers timers = new Timers();
    private final List<Key> done = new ArrayList<>();

    @Test
    void tenInASecond() {
        ThrottledKeys throttledKeys = new ThrottledKeys(timers, (_, key) -> done.add(key));
        throttledKeys.add(at(0), SECOND);
        throttledKeys.add(at(0), FIRST);

        timers.run(at(100));
        assertThat(done).containsExactly(FIRST);
        timers.run(at(200));
        assertThat(done).containsExactly(FIRST, SECOND);
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneThatFailsKeepsNoneBehindItWaiting() {
        ThrottledKeys throttledKeys = new ThrottledKeys(timers, (_, key) -> {
            if (key.equals(FIRST)) {
                throw new IllegalStateException("it cannot be done");
            }
            done.add(key);
        });
        throttledKeys.add(at(0), FIRST);
        throttledKeys.add(at(0), SECOND);
        assertThatThrownBy(() -> timers.run(at(100))).hasMessage("it cannot be done");

        timers.run(at(200));
        assertThat(done).containsExactly(SECOND);
    }

    private static Moment at(long millis) {
        return new Moment(Duration.ofMillis(millis).toNanos(), Instant.EPOCH);
    }
}
