package io.dynamocart.store.expiry;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ring.NodeId;
import io.dynamocart.store.version.Key;
import io.dynamocart.store.version.Version;
import io.dynamocart.store.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The question to all home replicas of a key whether it may expire: their versions, taken together, and their clocks.
 * One clock of several that is a day ahead decides nothing. Told of the answers; asks nobody itself. Not thread-safe.
 */
public final class Vote {

    private final Key key;
    private final Expiry expiry;
    private final TreeSet<NodeId> awaited;
    private final int majority;
    private final List<Instant> clocks = new ArrayList<>();
    private Versions versions = Versions.none();

    /** @param n how many home replicas a key has where there are enough nodes: fewer do not decide by themselves */
    public Vote(Key key, List<NodeId> homes, int n, Expiry expiry) {
        this.key = key;
        this.expiry = expiry;
        this.awaited = new TreeSet<>(homes);
        this.majority = n / 2 + 1;
    }

    /** Whether the key may go by this clock, if these versions are all that there is. Tombstones do not count. */
    public static boolean isDue(Expiry expiry, Key key, Versions versions, Instant clock) {
        List<Version> live = versions.live();
        return !live.isEmpty()
                && live.stream()
                        .map(version -> expiry.of(key, version))
                        .allMatch(
                                due -> due.filter(time -> !time.isAfter(clock)).isPresent());
    }

    /** A home replica answered; a second answer counts for nothing. */
    public void onCopy(NodeId home, Versions copy, Instant clock) {
        if (awaited.remove(home)) {
            versions = versions.merge(copy);
            clocks.add(clock);
        }
    }

    /** A home replica will not answer, or cannot tell what it holds. */
    public void onLost(NodeId home) {
        awaited.remove(home);
    }

    /** Whether nothing more will come. */
    public boolean isComplete() {
        return awaited.isEmpty();
    }

    /** The versions that are to be deleted, and nothing beside them; none unless the clocks of a majority agree. */
    public Optional<Versions> expired() {
        long agreeing = clocks.stream()
                .filter(clock -> isDue(expiry, key, versions, clock))
                .count();
        return agreeing >= majority ? Optional.of(versions) : Optional.empty();
    }
}
