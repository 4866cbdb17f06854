package io.dynamocart.store.port;

import java.time.Instant;

/**
 * A reading of both of a node's clocks, taken when something happens to it.
 *
 * @param nanos a clock that only goes forward, from any origin; all deadlines and durations are measured on it
 * @param wall the calendar's clock, which may jump either way; for time stamps, and for what those decide: expiry,
 *     reaping, and last-writer-wins
 */
public record Moment(long nanos, Instant wall) {}
