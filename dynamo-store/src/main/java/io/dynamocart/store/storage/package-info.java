/** Adapters of the storage port: LevelDB and memory, and the form of a record on disk. */
@NullMarked
package io.dynamocart.store.storage;

import org.jspecify.annotations.NullMarked;
