/** What operators use: the command line for the ring, and who may change it over HTTP. */
@NullMarked
package io.dynamocart.app.operator;

import org.jspecify.annotations.NullMarked;
