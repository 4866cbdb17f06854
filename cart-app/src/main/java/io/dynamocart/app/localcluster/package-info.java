/** Three full instances in one JVM, for trying things out. */
@NullMarked
package io.dynamocart.app.localcluster;

import org.jspecify.annotations.NullMarked;
