/** Where in a trace a request is: a value that nodes pass on and do not look into. */
@NullMarked
package io.dynamocart.store.trace;

import org.jspecify.annotations.NullMarked;
