/** Who may call the API, and how often. */
@NullMarked
package io.dynamocart.app.access;

import org.jspecify.annotations.NullMarked;
