/** The web page, and what only it needs; in the local cluster also faults on purpose, at {@code /lab}. */
@NullMarked
package io.dynamocart.app.lab;

import org.jspecify.annotations.NullMarked;
