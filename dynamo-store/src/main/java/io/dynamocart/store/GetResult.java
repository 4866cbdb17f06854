package io.dynamocart.store;

import io.dynamocart.store.version.Context;
import io.dynamocart.store.version.Versions;
import java.time.Instant;

/**
 * What a read found.
 *
 * @param versions all versions that none of the others replaces, tombstones among them; none for a key never written
 * @param context what to write with, to replace them
 * @param homeReplicas how many home replicas answered
 * @param standIns how many stand-ins answered
 * @param holders how many of those who answered have all of {@code versions}. What fewer than W have was perhaps never
 *     reported as done, and goes when their disks go: who is about to report it as done has to write it again
 * @param unanimous whether all nodes answered, the home replicas alike and no other holds anything: there is no hint. Only
 *     known of reads that asked for every replica
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
