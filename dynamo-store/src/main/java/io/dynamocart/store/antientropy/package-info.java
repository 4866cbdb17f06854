/**
 * How two nodes find and mend what differs in a partition that both hold (paper §4.7): whom to compare with next, and
 * one comparison as a state machine that is told what happens and says what to do next. Sends and stores nothing.
 */
@NullMarked
package io.dynamocart.store.antientropy;

import org.jspecify.annotations.NullMarked;
