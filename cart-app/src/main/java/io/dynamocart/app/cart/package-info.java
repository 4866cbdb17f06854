/**
 * The cart: its operations, how versions of it merge, and how both go through the store. Knows the store's public face
 * only, and neither Spring nor HTTP. Start reading at {@link io.dynamocart.app.cart.ObservedRemove}.
 */
@NullMarked
package io.dynamocart.app.cart;

import org.jspecify.annotations.NullMarked;
