/** The cart application: starts one instance, or a local cluster of three. */
@NullMarked
package io.dynamocart.app;

import org.jspecify.annotations.NullMarked;
