/**
 * The quorum protocols of one {@code get} and one {@code put} (paper §4.5, §5) as state machines that are told what
 * happens and say what to do next; and what the requests of one node share: the budgets of what is done a second time,
 * and the share of time that is left to background work. They send nothing and know no clock.
 */
@NullMarked
package io.dynamocart.store.coordination;

import org.jspecify.annotations.NullMarked;
