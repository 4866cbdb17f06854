/** What operators use: the command line for the ring and for backups, and who may do what over HTTP. */
@NullMarked
package io.dynamocart.app.operator;

import org.jspecify.annotations.NullMarked;
