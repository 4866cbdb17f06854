package io.dynamocart.store;

import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Versions;
import java.time.Instant;

/**
 * The result of a read.
 *
 * @param versions all versions that none of the others replaces, tombstones among them; none for a key never written
 * @param context what to write with, to replace them
 * @param homeReplicas how many home replicas answered
 * @param standIns how many stand-ins answered
 * @param holders how many of the home replicas that answered have all of {@code versions}; what a stand-in has goes as
 *     soon as its home replica has it, which may be among them. Where fewer than W have, a write among them was perhaps
 *     never acknowledged, and is lost with their disks: whoever is about to report it as done must write it again
 * @param unanimous whether every node answered, all home replicas with the same versions and the others with none, and
 *     the home replicas so once more after the others, so that no hint is left, or was under way meanwhile; always
 *     false of a read that did not ask for every replica
 * @param earliestClock the lowest of the wall clocks of those who answered
 * @param latestClock the highest of them
 */
public record GetResult(
        Versions versions,
        Context context,
        int homeReplicas,
        int standIns,
        int holders,
        boolean unanimous,
        Instant earliestClock,
        Instant latestClock) {}
