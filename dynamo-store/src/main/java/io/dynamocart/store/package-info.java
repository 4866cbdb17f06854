/**
 * The Dynamo store as an application sees it: {@code get}, {@code put} and {@code delete} with version contexts, their
 * options, results and errors. Knows only {@code version}.
 */
@NullMarked
package io.dynamocart.store;

import org.jspecify.annotations.NullMarked;
