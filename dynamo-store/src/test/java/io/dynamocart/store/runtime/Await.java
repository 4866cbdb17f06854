package io.dynamocart.store.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what other threads do, but not for ever: then the test fails and says what did not happen. */
public final class Await {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Await() {}

    /** Waits for half a minute at most. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, HALF_A_MINUTE, condition);
    }

    /** Waits for this long at most: for what may take a busy machine more than half a minute. */
    public static void until(String what, Duration most, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .until(condition);
    }
}
