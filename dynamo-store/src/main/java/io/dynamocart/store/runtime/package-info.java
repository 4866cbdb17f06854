/** Runs a node for real: its thread, clocks and randomness, its disk and its network. */
@NullMarked
package io.dynamocart.store.runtime;

import org.jspecify.annotations.NullMarked;
