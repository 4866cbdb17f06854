/** The contract of the REST API (API.md), as tests that read like it. Start reading at {@link CartsTests}. */
@NullMarked
package io.dynamocart.app.api;

import org.jspecify.annotations.NullMarked;
