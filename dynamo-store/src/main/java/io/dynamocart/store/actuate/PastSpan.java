package io.dynamocart.store.actuate;

import io.micrometer.tracing.Span;
import java.util.concurrent.TimeUnit;

/** A span of what has just ended, of which is known how long it took. */
final class PastSpan {

    private PastSpan() {}

    static void end(Span.Builder span, long nanos) {
        long end = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        span.startTimestamp(end - TimeUnit.NANOSECONDS.toMicros(nanos), TimeUnit.MICROSECONDS)
                .start()
                .end(end, TimeUnit.MICROSECONDS);
    }
}
