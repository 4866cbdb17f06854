/** The REST API of the cart: what docs/api.md promises to clients, over {@code cart}. */
@NullMarked
package io.dynamocart.app.api;

import org.jspecify.annotations.NullMarked;
