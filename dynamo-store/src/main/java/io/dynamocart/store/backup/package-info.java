/** Backups of a node: the file with all that was on its disk at one moment, and a new disk made of it. */
@NullMarked
package io.dynamocart.store.backup;

import org.jspecify.annotations.NullMarked;
