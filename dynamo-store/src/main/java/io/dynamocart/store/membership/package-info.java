/** Who belongs to the cluster (paper §4.8): a history of explicit changes, and the ring that follows from it. */
@NullMarked
package io.dynamocart.store.membership;

import org.jspecify.annotations.NullMarked;
