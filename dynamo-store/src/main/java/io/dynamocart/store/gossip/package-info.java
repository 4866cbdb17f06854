/** What a node learns of the others by talking to them (paper §4.8): who belongs to the cluster, and who answers. */
@NullMarked
package io.dynamocart.store.gossip;

import org.jspecify.annotations.NullMarked;
