/**
 * A whole cluster in one thread from one seed: virtual time, a network and disks that fail, and invariants that are
 * checked after every event. Published as dynamo-store's test-jar, so that applications can simulate themselves on it.
 */
@NullMarked
package io.dynamocart.store.simulation;

import org.jspecify.annotations.NullMarked;
