package io.dynamocart.store.node;

import io.dynamocart.store.Expiry;
import io.dynamocart.store.ReadOptions;
import io.dynamocart.store.WriteOptions;
import io.dynamocart.store.gossip.FailureDetector;
import io.dynamocart.store.membership.Member;
import io.dynamocart.store.replica.ReplicaLimits;
import io.dynamocart.store.ring.Partitioning;
import io.dynamocart.store.version.Truncation;
import java.time.Duration;
import java.util.List;

/** Settings for a node like the paper's: (3,2,2), 256 partitions, gossip every second. */
public final class PaperSettings {

    private PaperSettings() {}

    public static NodeSettings of(Member self, List<String> seeds) {
        return of(self, seeds, Duration.ofSeconds(1));
    }

    /** @param timeout of requests */
    public static NodeSettings of(Member self, List<String> seeds, Duration timeout) {
        return new NodeSettings(
                self,
                seeds,
                false,
                new Partitioning.EqualShares(256),
                ReadOptions.of(3, 2, timeout),
                WriteOptions.of(3, 2, timeout),
                new FailureDetector.Settings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1)),
                new ReplicaLimits(128, Truncation.off()),
                100_000,
                0.05,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                RepairSettings.standard(),
                Expiry.never());
    }
}
