package io.dynamocart.store;

import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An application's rule for when its values may go by themselves, as abandoned carts do. A key expires when all of its
 * versions that hold a value may go by the clocks of a majority of its home replicas. It is then deleted by one of
 * them, once, like any other key: what is written at the same time stays.
 *
 * <p>Called on the node's thread for every record that scrubbing reads, so it must be quick, and must not look at more
 * than it is given. Equal versions get equal answers, on every node.
 */
@FunctionalInterface
public interface Expiry {

    /** The time from which on the version may go; none if it stays, as it does where this throws. */
    Optional<Instant> of(Key key, Version version);

    /** Everything stays. */
    static Expiry never() {
        return (_, _) -> Optional.empty();
    }

    /**
     * A version may go when it is as old as that, by the clock of its writer.
     *
     * @param age above zero
     */
    static Expiry after(Duration age) {
        if (!age.isPositive()) {
            throw new IllegalArgumentException("values that expire after %s".formatted(age));
        }
        return (_, version) -> Optional.of(version.writtenAt().plus(age));
    }
}
