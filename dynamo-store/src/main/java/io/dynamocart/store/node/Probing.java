package io.dynamocart.store.node;

import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.message.Message;
import io.dynamocart.store.port.Moment;
import io.dynamocart.store.ring.NodeId;
import java.time.Duration;

/**
 * Asks suspected peers for a sign of life, so that their recovery is noticed without a client's request being risked on
 * them (paper §4.8.3). The answer ends the suspicion, as any answer does. Not thread-safe.
 */
final class Probing {

    private final FailureDetector detector;
    private final Calls calls;
    private final Timers.Timer round;
    private final Duration every;

    Probing(FailureDetector detector, Calls calls, Timers timers, Duration every) {
        this.detector = detector;
        this.calls = calls;
        this.every = every;
        this.round = timers.every(every, this::onRound);
    }

    void start(Moment now) {
        round.setIn(now, every);
    }

    private void onRound(Moment now) {
        for (NodeId suspect : detector.suspects()) {
            // What becomes of it, the failure detector hears from the calls
            calls.call(now, suspect, Message.Ping::new, (_, _) -> {});
        }
    }
}
