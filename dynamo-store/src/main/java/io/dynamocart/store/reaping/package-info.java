/**
 * How tombstones are removed so that nothing comes back (docs/invariants.md C3, D10): what the node that proposes it
 * asks of all others, as a state machine, and what each of them watches meanwhile. Sends and stores nothing.
 */
@NullMarked
package io.dynamocart.store.reaping;

import org.jspecify.annotations.NullMarked;
