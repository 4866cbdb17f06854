package io.dynamocart.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.port.Moment;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a node's own disk has not done what the node coordinates. */
class PendingOwnWritesTests {

    private static final long SECOND = 1_000_000_000;

    private final PendingOwnWrites writes = new PendingOwnWrites();

    @Test
    void theOldestThatIsNotDoneCounts() {
        PendingOwnWrites.Write first = writes.begin(at(0), SECOND);
        PendingOwnWrites.Write second = writes.begin(at(5), SECOND);
        assertThat(writes.behind(at(20))).isEqualTo(20);

        first.end();
        assertThat(writes.behind(at(20))).isEqualTo(15);
        second.end();
        assertThat(writes.behind(at(20))).isZero();
    }

    /** What would have ended it is lost; else the node would leave all writes to others until it is started again. */
    @Test
    void oneThatIsLongOverSaysNothing() {
        writes.begin(at(0), SECOND);
        assertThat(writes.behind(at(2 * SECOND))).isEqualTo(2 * SECOND);
        assertThat(writes.behind(at(2 * SECOND + 1))).isZero();
    }

    private static Moment at(long nanos) {
        return new Moment(nanos, Instant.EPOCH);
    }
}
