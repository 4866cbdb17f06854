/**
 * The Dynamo node: one single-threaded event handler that owns replica, requests and membership, and the only one that
 * knows them all. It has no thread, socket, file, clock or random generator of its own.
 */
@NullMarked
package io.dynamocart.store.node;

import org.jspecify.annotations.NullMarked;
