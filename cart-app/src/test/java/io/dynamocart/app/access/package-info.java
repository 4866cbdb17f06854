@NullMarked
package io.dynamocart.app.access;

import org.jspecify.annotations.NullMarked;
