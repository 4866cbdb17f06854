/** Spring Boot auto-configuration of the store: properties, beans, health and meters. */
@NullMarked
package io.dynamocart.store.autoconfigure;

import org.jspecify.annotations.NullMarked;
