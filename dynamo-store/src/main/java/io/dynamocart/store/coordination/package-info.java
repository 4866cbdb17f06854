/**
 * The quorum protocols of one {@code get} and one {@code put} (paper §4.5, §5) as state machines that are told what
 * happens and say what to do next. They send nothing, know no clock, and share nothing with one another.
 */
@NullMarked
package io.dynamocart.store.coordination;

import org.jspecify.annotations.NullMarked;
