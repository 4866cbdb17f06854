package io.dynamocart.store.node;

import java.time.Duration;

/**
 * Settings for when tombstones are removed for good.
 *
 * @param after age of a tombstone, by the clocks of its writer and of the node that proposes its removal. An older copy
 *     of a node's disk may be put back for so long; longer holds more tombstones
 * @param grace time between the two questions to all members. Longer than any request takes, any message is under way,
 *     and any connection holds one back (docs/decisions/0011). A removal begins anew where a member is started within
 *     it
 * @param every time between two proposals of up to 500 tombstones. Shorter removes more in a day; each key is some 200
 *     bytes of memory at every member for as long as the grace period
 */
public record ReapSettings(Duration after, Duration grace, Duration every) {

    public ReapSettings {
        if (after.isNegative() || !grace.isPositive() || !every.isPositive()) {
            throw new IllegalArgumentException(
                    "tombstones go after %s, with %s of grace, every %s".formatted(after, grace, every));
        }
    }

    /** After ten days, with half an hour of grace, up to 500 a minute. */
    public static ReapSettings standard() {
        return new ReapSettings(Duration.ofDays(10), Duration.ofMinutes(30), Duration.ofMinutes(1));
    }
}
