/**
 * What a node holds, as few enough bytes to compare it with another node's (paper §4.7): digests of keys, summed up in
 * trees, and the questions by which two nodes find where their trees differ.
 */
@NullMarked
package io.dynamocart.store.merkle;

import org.jspecify.annotations.NullMarked;
