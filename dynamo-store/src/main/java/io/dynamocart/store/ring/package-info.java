/**
 * Which nodes are responsible for a key (paper §4.2, §4.3, §6.2): pure functions of tokens and nodes. Knows only keys.
 */
@NullMarked
package io.dynamocart.store.ring;

import org.jspecify.annotations.NullMarked;
