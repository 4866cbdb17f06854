/**
 * Hints: what a node keeps for others until they can be reached (paper §4.6); and the pass in which a partition comes
 * to its new home.
 */
@NullMarked
package io.dynamocart.store.handoff;

import org.jspecify.annotations.NullMarked;
