package io.dynamocart.store.node;

import static io.dynamocart.store.node.NodeScript.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.version.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An application whose code fails when node a asks it what may go. */
class ExpirerTests {

    private final NodeScript a = NodeScript.expiringAmongThree((key, _) -> {
        throw new IllegalArgumentException("no cart: " + key);
    });

    @Test
    void isToldSoEachTimeAndTheNodeGoesOn() {
        CompletableFuture<?> _ = a.put(Context.none(KEY), WriteOptions.of(3, 1, Duration.ofSeconds(1)));
        a.settle();
        for (int millis = 100; millis <= 10_000; millis += 100) {
            a.at(millis).settle();
        }

        assertThat(a.events)
                .filteredOn(NodeEvent.ExpiryFailed.class::isInstance)
                .hasSizeGreaterThan(1)
                .contains(new NodeEvent.ExpiryFailed(KEY, "java.lang.IllegalArgumentException: no cart: " + KEY));
    }
}
