package io.dynamocart.store.coordination;

import io.dynamocart.store.ring.NodeId;

/**
 * A node that may be asked to take part in a request.
 *
 * @param home whether it is a home replica of the key, not a stand-in
 * @param hedgeAfter nanoseconds of silence after which another may be asked as well, within the hedge budget: the
 *     usual 95th percentile of its answers; for this node itself as {@code lateAfter}
 * @param lateAfter nanoseconds of silence after which another is asked in any case
 */
public record Candidate(NodeId node, boolean home, long hedgeAfter, long lateAfter) {}
