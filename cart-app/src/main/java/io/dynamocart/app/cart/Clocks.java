package io.dynamocart.app.cart;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of one instance.
 *
 * @param wall for what others read, or is kept; may be wrong, and may jump (docs/invariants.md D26)
 * @param nanos for how long something takes here: never goes back, counts from no particular moment
 */
public record Clocks(InstantSource wall, LongSupplier nanos) {}
