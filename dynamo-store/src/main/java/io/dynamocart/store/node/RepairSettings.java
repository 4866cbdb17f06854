package io.dynamocart.store.node;

import io.dynamocart.store.antientropy.Limits;
import java.time.Duration;

/**
 * Settings for how a node looks after its copies in the background: for those that differ, its own disk's rot included,
 * and those that may go; and how much it lets clients feel of that, and of what it moves.
 *
 * @param exchangeEvery time between two comparisons of a partition with a peer. Shorter finds differences sooner, at
 *     one message there and back where there are none
 * @param exchange how much one comparison may do
 * @param scrubEvery time between two pages of up to 1 MiB that are read to find what the disk has lost or let rot.
 *     Shorter finds it sooner and reads more. The first reading after a start, which the trees are made of, goes faster
 * @param foregroundLimit latency of this node's clients, at the 99th percentile of a minute, above which all work in
 *     the background slows down. Lower protects clients more, and repairs, hands off and moves more slowly under load
 * @param reaping when tombstones go
 */
public record RepairSettings(
        Duration exchangeEvery, Limits exchange, Duration scrubEvery, Duration foregroundLimit, ReapSettings reaping) {

    public RepairSettings {
        if (!exchangeEvery.isPositive() || !scrubEvery.isPositive()) {
            throw new IllegalArgumentException(
                    "comparisons every %s, scrubbing every %s".formatted(exchangeEvery, scrubEvery));
        }
    }

    /**
     * A comparison each 10 s: a node is through 256 partitions of three nodes in 85 minutes. A page each second: 3.6 GB
     * an hour. The limit is the paper's (§6.5).
     */
    public static RepairSettings standard() {
        return new RepairSettings(
                Duration.ofSeconds(10),
                Limits.standard(),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                ReapSettings.standard());
    }
}
