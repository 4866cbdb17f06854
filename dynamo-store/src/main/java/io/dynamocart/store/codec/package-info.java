/** Bytes of disk, wire and hashes: one byte order and one integer form for all three. Knows no other package. */
@NullMarked
package io.dynamocart.store.codec;

import org.jspecify.annotations.NullMarked;
