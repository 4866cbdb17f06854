/** Instances as they run in production, from the image, on a network that is cut and healed. */
@NullMarked
package io.dynamocart.app.containers;

import org.jspecify.annotations.NullMarked;
