package io.dynamocart.store.trace;

/**
 * The span of a trace below which further ones belong, as W3C's {@code traceparent} names it. There is one only where
 * the trace is sampled, so that has no flag of its own.
 *
 * @param high the first half of the trace's id
 * @param low its second half
 */
public record TraceParent(long high, long low, long span) {}
