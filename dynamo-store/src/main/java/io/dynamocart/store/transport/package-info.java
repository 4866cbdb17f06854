/** Adapter of the transport port: the wire form of messages, and Netty connections between nodes. */
@NullMarked
package io.dynamocart.store.transport;

import org.jspecify.annotations.NullMarked;
