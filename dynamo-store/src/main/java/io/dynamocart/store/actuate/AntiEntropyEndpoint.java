package io.dynamocart.store.actuate;

import io.dynamocart.store.node.LastExchange;
import io.dynamocart.store.runtime.NodeDriver;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows when this node's partitions were last compared with other replicas of them (paper §4.7). Thread-safe. */
@Endpoint(id = "antientropy")
public final class AntiEntropyEndpoint {

    private final NodeDriver driver;

    public AntiEntropyEndpoint(NodeDriver driver) {
        this.driver = driver;
    }

    /**
     * The comparisons that this node led since its start; its peers lead others.
     *
     * @param oldest when the one ended that is longest ago, null if there was none
     * @param comparisons the last of each partition with each other home replica, the latest first
     */
    public record AntiEntropy(@Nullable Instant oldest, List<Comparison> comparisons) {}

    /**
     * One comparison.
     *
     * @param complete false if it was broken off: a side did not answer, or has not read its disk yet
     * @param repaired keys that differed, and have been brought to the same versions
     * @param failed keys that differ, and could not be
     */
    public record Comparison(int partition, String peer, Instant ended, boolean complete, int repaired, int failed) {

        static Comparison of(LastExchange report) {
            return new Comparison(
                    report.partition().index(),
                    report.peer().name(),
                    report.ended(),
                    report.complete(),
                    report.repaired(),
                    report.failed());
        }
    }

    @ReadOperation
    public AntiEntropy antiEntropy() {
        List<Comparison> comparisons = Questions.ask(
                        driver, node -> node.reports().exchanges())
                .stream()
                .map(Comparison::of)
                .sorted(Comparator.comparing(Comparison::ended).reversed())
                .toList();
        return new AntiEntropy(
                comparisons.isEmpty() ? null : comparisons.getLast().ended(), comparisons);
    }
}
