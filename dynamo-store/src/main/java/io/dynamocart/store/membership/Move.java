package io.dynamocart.store.membership;

import io.dynamocart.store.ring.Partition;
import org.jspecify.annotations.Nullable;

/**
 * A partition that gets a new home replica.
 *
 * @param partition of the ring while it changes
 * @param from whose place it takes and who gives it the data; null where there were fewer homes than N, or where the
 *     other homes are to be asked
 * @param to the new home, which says when it holds everything
 */
public record Move(Partition partition, @Nullable Incarnation from, Incarnation to) {}
