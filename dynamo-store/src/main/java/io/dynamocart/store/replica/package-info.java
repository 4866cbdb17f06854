/** One node's own copy of the data: local reads and writes, and the only place where dots are issued. */
@NullMarked
package io.dynamocart.store.replica;

import org.jspecify.annotations.NullMarked;
