/** The whole protocol between nodes, as one sealed family of records. */
@NullMarked
package io.dynamocart.store.message;

import org.jspecify.annotations.NullMarked;
