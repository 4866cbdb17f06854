/** The benchmark that later work is judged by: a cluster of three JVMs, and the cost of the parts. */
@NullMarked
package io.dynamocart.store.bench;

import org.jspecify.annotations.NullMarked;
