/** Instances as they run in production: each in its own JVM, from the packaged jar. */
@NullMarked
package io.dynamocart.app.processes;

import org.jspecify.annotations.NullMarked;
