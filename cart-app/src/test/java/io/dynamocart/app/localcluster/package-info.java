/** The local cluster, as someone who tries it out meets it. */
@NullMarked
package io.dynamocart.app.localcluster;

import org.jspecify.annotations.NullMarked;
