/**
 * Versions of a value and how they descend from one another (paper §4.4, with dots instead of plain vector clocks).
 * Knows only {@code codec}; everything else in the store stands on it.
 */
@NullMarked
package io.dynamocart.store.version;

import org.jspecify.annotations.NullMarked;
