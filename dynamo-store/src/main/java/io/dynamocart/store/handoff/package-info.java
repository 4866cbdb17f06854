/** Hints: what a node keeps for others until they can be reached (paper §4.6). */
@NullMarked
package io.dynamocart.store.handoff;

import org.jspecify.annotations.NullMarked;
