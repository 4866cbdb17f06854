/**
 * A walk through the Dynamo paper, section by section, and through what was found wrong with it since. Each test names
 * the section of the paper, or the row of docs/invariants.md, that it checks.
 *
 * <p>What a single class promises is tested beside that class: partitioning and placement with Figure 2 (§4.2, §4.3) in
 * {@code ring}, quorums and read repair (§4.5, §5) in {@code coordination}, failure detection (§4.8) in {@code gossip},
 * what survives a crash (D22 to D24) in {@code storage}, and everything at once in {@code simulation}.
 */
@NullMarked
package io.dynamocart.store.paper;

import org.jspecify.annotations.NullMarked;
