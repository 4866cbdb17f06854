/** The REST API of the cart: what API.md of the project promises to clients, over {@code cart}. */
@NullMarked
package io.dynamocart.app.api;

import org.jspecify.annotations.NullMarked;
