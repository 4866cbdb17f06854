/** What operators see of a node, and what they can have it do: health, meters, traces and the Actuator's endpoints. */
@NullMarked
package io.dynamocart.store.actuate;

import org.jspecify.annotations.NullMarked;
