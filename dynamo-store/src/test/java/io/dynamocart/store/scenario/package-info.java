/** What a cluster promises when something fails, one promise a test, in the simulator. */
@NullMarked
package io.dynamocart.store.scenario;

import org.jspecify.annotations.NullMarked;
