/** What the Actuator shows of a node: health and meters. */
@NullMarked
package io.dynamocart.store.actuate;

import org.jspecify.annotations.NullMarked;
