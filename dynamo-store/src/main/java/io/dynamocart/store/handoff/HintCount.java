package io.dynamocart.store.handoff;

import java.time.Instant;

/**
 * The hints that a node keeps for one other, counted.
 *
 * @param keys how many keys
 * @param oldest since when it has kept the one it has kept longest, by its own clock; for what it found at its start,
 *     when that was written, and {@link Instant#EPOCH} for what is damaged
 */
public record HintCount(int keys, Instant oldest) {}
