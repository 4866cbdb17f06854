/** The contract of the REST API (docs/api.md), as tests that read like it. Start reading at {@link CartsTests}. */
@NullMarked
package io.dynamocart.app.api;

import org.jspecify.annotations.NullMarked;
