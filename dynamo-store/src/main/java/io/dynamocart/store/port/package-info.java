/**
 * What a node needs from outside, as small interfaces with weak contracts: network, disk, randomness, and time as an
 * argument. The simulation implements them as well as the real adapters do.
 */
@NullMarked
package io.dynamocart.store.port;

import org.jspecify.annotations.NullMarked;
