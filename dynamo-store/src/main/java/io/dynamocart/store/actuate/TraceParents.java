package io.dynamocart.store.actuate;

import io.dynamocart.store.trace.TraceParent;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Turns what a tracer knows of a span into what nodes pass on, and back. */
final class TraceParents {

    private static final int HALF = 16;

    private TraceParents() {}

    /** Null if the trace is not sampled. */
    static @Nullable TraceParent of(TraceContext context) {
        if (!Boolean.TRUE.equals(context.sampled())) {
            return null;
        }
        String trace = context.traceId();
        // There are tracers whose traces have ids of one half
        int high = trace.length() - HALF;
        return new TraceParent(
                HexFormat.fromHexDigitsToLong(trace, 0, high),
                HexFormat.fromHexDigitsToLong(trace, high, trace.length()),
                HexFormat.fromHexDigitsToLong(context.spanId()));
    }

    static TraceContext contextOf(TraceParent parent, Tracer tracer) {
        HexFormat hex = HexFormat.of();
        return tracer.traceContextBuilder()
                .traceId(hex.toHexDigits(parent.high()) + hex.toHexDigits(parent.low()))
                .spanId(hex.toHexDigits(parent.span()))
                .sampled(true)
                .build();
    }
}
