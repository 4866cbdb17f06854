/** The lab of the local cluster, and the page in a real browser. */
@NullMarked
package io.dynamocart.app.lab;

import org.jspecify.annotations.NullMarked;
