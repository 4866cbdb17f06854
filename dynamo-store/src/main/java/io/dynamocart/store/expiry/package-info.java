/** Whether a value that nobody has changed for long may go: the question to the clocks of its home replicas. */
@NullMarked
package io.dynamocart.store.expiry;

import org.jspecify.annotations.NullMarked;
