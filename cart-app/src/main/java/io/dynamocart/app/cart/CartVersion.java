package io.dynamocart.app.cart;

import io.dynamocart.store.version.Clock;
import io.dynamocart.store.version.Dot;
import java.time.Instant;

/**
 * A cart as one version in the store has it.
 *
 * @param dot the version's name
 * @param past all versions whose content this one reflects
 * @param writtenAt its writer's clock
 */
public record CartVersion(Dot dot, Clock past, Instant writtenAt, CartState state) {

    /** Whether its writer had seen the entry. */
    boolean hasSeen(Entry entry) {
        return entry.births().stream().anyMatch(birth -> birth.equals(dot) || past.contains(birth));
    }
}
